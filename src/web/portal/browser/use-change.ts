import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useStepUp } from './parts/step-up.tsx'
import { useShop } from './shop.ts'

/** A change of the shop that the server may want a fresh proof for; what was read under `key` is read again. */
export function useShopChange<T, R>(
  key: string,
  work: (merchant: string, value: T) => Promise<R>,
  onDone?: () => void,
) {
  const { id } = useShop()
  const guarded = useStepUp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (value: T) => guarded(() => work(String(id), value)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [key, id] })
      onDone?.()
    },
  })
}
