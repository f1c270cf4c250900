import { describe, expect, it } from 'vitest'
import { HostPace } from '../../../src/fetch/host-pace.js'

const createPace = () => new HostPace({ slowMs: 1000, maxPauseMs: 30_000 })

describe('the pace at which a host is asked', () => {
  it('has no pauses while answers take as long as usual', () => {
    const pace = createPace()
    for (const ms of [200, 250, 180, 900, 220]) pace.note(ms)
    expect(pace.pauseMs).toBe(0)
  })

  it('gets slower while answers get slower, up to a limit, and soon has no pauses when they are fast again', () => {
    const pace = createPace()
    for (let answer = 0; answer < 10; answer++) pace.note(200)
    const pauses = [2000, 4000, 8000, 8000].map((ms) => {
      pace.note(ms)
      return pace.pauseMs
    })
    expect(pauses).toEqual([...pauses].sort((one, other) => one - other))
    expect(pauses[0]).toBeGreaterThan(1000)
    for (let answer = 0; answer < 10; answer++) pace.note(9000)
    expect(pace.pauseMs).toBe(30_000)
    let answers = 0
    while (pace.pauseMs > 0) {
      pace.note(200)
      answers++
    }
    expect(answers).toBeLessThan(20)
  })

  it('takes a host that is always slow as it is', () => {
    const pace = createPace()
    for (let answer = 0; answer < 5; answer++) pace.note(5000)
    expect(pace.pauseMs).toBe(0)
  })

  it('pauses when the host says that it is asked too much', () => {
    const pace = createPace()
    pace.noteOverload()
    expect(pace.pauseMs).toBe(1000)
    pace.noteOverload()
    expect(pace.pauseMs).toBe(2000)
  })

  it('puts its pause between requests that come at the same time', () => {
    const pace = createPace()
    pace.noteOverload()
    expect([0, 0, 0].map((now) => pace.takeTurn(now))).toEqual([1000, 2000, 3000])
    expect(pace.takeTurn(10_000)).toBe(1000)
  })

  it('keeps all requests back until the time that the host has named, and no longer', () => {
    const pace = createPace()
    pace.hold(5000)
    pace.hold(3000)
    expect([pace.takeTurn(1000), pace.heldMs(1000), pace.heldMs(6000)]).toEqual([4000, 4000, 0])
    expect(pace.takeTurn(6000)).toBe(0)
  })
})
