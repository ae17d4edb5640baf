/** Public pages whose text is the product's own: everybody finds the same at them, in every language. */
export const ownPages: readonly string[] = ['/', '/explore/projects', '/explore/people'];
