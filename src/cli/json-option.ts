export const jsonFlag = '--json'
export const jsonHelp = 'answer in JSON'
