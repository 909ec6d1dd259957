import { Container, Title } from '@mantine/core'
import { useWords } from '../words/index.ts'

export function NotFound() {
  return (
    <Container component="main" py="xl">
      <Title order={1}>{useWords().notFound}</Title>
    </Container>
  )
}
