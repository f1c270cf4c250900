/** Records in the shape of the national platform, made up from facts about textbooks. */

const dimensionOf = {
  stage: 'zxxxd',
  grade: 'zxxnj',
  subject: 'zxxxk',
  edition: 'zxxbb',
  volume: 'zxxcc',
  isNew: 'zxxxjjc',
  school: 'zxxlb',
}

export function aTag(dimension: keyof typeof dimensionOf | (string & {}), name: string) {
  const known = dimensionOf[dimension as keyof typeof dimensionOf]
  return { tag_id: `tag-${name}`, tag_name: name, tag_dimension_id: known ?? dimension, order_num: 1 }
}

export function aTextbook(id: string, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    title: '义务教育教科书·数学九年级上册',
    global_title: { 'zh-CN': '义务教育教科书·数学九年级上册' },
    global_description: { 'zh-CN': '' },
    description: null,
    language: 'zh-CN',
    status: 'ONLINE',
    resource_type_code: 'assets_document',
    resource_type_code_name: '文档',
    create_time: '2023-02-01T08:00:00.000+0800',
    online_time: '2023-02-02T08:00:00.000+0800',
    update_time: '2024-03-15T14:22:07.930+0800',
    tag_list: [
      aTag('5036342742', '电子教材'),
      aTag('stage', '初中'),
      aTag('grade', '九年级'),
      aTag('subject', '数学'),
      aTag('edition', '人教版'),
      aTag('volume', '上册'),
    ],
    provider_list: [{ id: 'p1', name: '人民教育出版社', type: 'provider' }],
    custom_properties: { format: 'pdf', size: 1000, thumbnails: ['https://r1-ndr.example/cover/1.jpg'] },
    ti_items: [],
    ...overrides,
  }
}
