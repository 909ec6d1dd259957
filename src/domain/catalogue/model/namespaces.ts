/** What an instance's `namespace` may be: the payment methods whose details the SalesCloud protocol can read. */
export const instanceNamespaces = ['valitor_greidslugatt'] as const

export type InstanceNamespace = (typeof instanceNamespaces)[number]
