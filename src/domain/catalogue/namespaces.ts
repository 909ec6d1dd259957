/** What an instance's `namespace` may be: the payment methods whose details the SalesCloud protocol can read. */
export const instanceNamespaces: readonly string[] = ['valitor_greidslugatt']
