import { Link } from '@tanstack/react-router'
import { useWords } from '../words/index.ts'
import { Door } from './door.tsx'

export function NotFound() {
  const words = useWords()
  return (
    <Door title={words.notFound}>
      <Link to="/home">{words.nav.home}</Link>
    </Door>
  )
}
