import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useShop } from '../shop.ts'
import { useStepUp } from './step-up.tsx'

/**
 * A change of the shop: asks for a fresh proof where the server wants one, and reads again what it changed, all that was read under the names `reads`.
 * `onDone` comes after that: what is shown as done stands in the lists.
 */
export function useShopChange<Input, Output>(
  reads: string | readonly string[],
  work: (merchant: string, input: Input) => Promise<Output>,
  onDone?: (output: Output) => void,
) {
  const { id } = useShop()
  const guarded = useStepUp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => guarded(() => work(String(id), input)),
    onSuccess: async (output) => {
      await Promise.all([reads].flat().map((name) => client.invalidateQueries({ queryKey: [name, id] })))
      onDone?.(output)
    },
  })
}
