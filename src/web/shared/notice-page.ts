import { type NoticeContent, noticeContent } from './components/notice.ts'
import { layout, type Page } from './layout.ts'
import type { Setting } from './setting.ts'

/** A page that says one thing, whole. */
export function noticePage(setting: Setting, content: NoticeContent, page: Partial<Page> = {}): string {
  return layout(setting, { title: content.notice.title, main: noticeContent(setting, content), ...page })
}
