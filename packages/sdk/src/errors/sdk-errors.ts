/** What the SDK itself throws, beside the codes that the node answers with. Codes are API. */
export const sdkErrors = {
  EDUFED_SDK_USAGE: {
    message: 'An option or an argument cannot be used',
    fix: 'Correct the option or the argument that the message names',
  },
  EDUFED_SDK_NETWORK: {
    message: 'The node could not be reached, or the connection broke',
    fix: 'Check baseUrl, the network and, in a browser, that the node allows your origin; requests that are safe to repeat were repeated already',
  },
  EDUFED_SDK_TIMEOUT: {
    message: 'The node did not answer in time',
    fix: 'Try again later, or raise timeoutMs',
  },
  EDUFED_SDK_ABORTED: {
    message: 'The request was stopped by its abort signal',
    fix: 'Nothing to do: your own code stopped it',
  },
  EDUFED_SDK_PROTOCOL: {
    message: 'The answer is not one that an Edufed node gives',
    fix: 'Check that baseUrl is the address of a node and that no proxy on the way answers in its place',
  },
  EDUFED_SDK_HTTP: {
    message: 'An error answer without a problem document, usually from a proxy in front of the node',
    fix: 'Look at the status; tell the operator of the node when it stays',
  },
} as const satisfies Record<string, { message: string; fix: string }>

export type SdkErrorCode = keyof typeof sdkErrors
