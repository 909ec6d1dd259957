import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useShop } from '../shop.ts'
import { useStepUp } from './step-up.tsx'

/** A change of the shop: asks for a fresh proof where the server wants one, and reads again what it changed. */
export function useShopChange<Input, Output>(
  reads: string,
  work: (merchant: string, input: Input) => Promise<Output>,
  onDone?: (output: Output) => void,
) {
  const { id } = useShop()
  const guarded = useStepUp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => guarded(() => work(String(id), input)),
    onSuccess: async (output) => {
      onDone?.(output)
      await client.invalidateQueries({ queryKey: [reads, id] })
    },
  })
}
