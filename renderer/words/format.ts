/** Documents, numbers and deadlines are dated in Viet Nam, wherever the computer thinks it is. */
const timeZone = 'Asia/Ho_Chi_Minh';

const day = new Intl.DateTimeFormat('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone });
const time = new Intl.DateTimeFormat('vi-VN', {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone,
});

/** "22/11/2026" */
export function dayText(at: string | Date): string {
  return day.format(new Date(at));
}

/** "09:05" */
export function timeText(at: string | Date): string {
  return time.format(new Date(at));
}

/** "09:05 ngày 22/11/2026" */
export function instantText(at: string | Date): string {
  return `${timeText(at)} ngày ${dayText(at)}`;
}

/** Today only the time, else only the day: what a row in a list has room for. */
export function briefInstant(at: string, now: Date): string {
  return dayText(at) === dayText(now) ? timeText(at) : dayText(at);
}

/** A calendar day (YYYY-MM-DD) as it is written in documents: "ngày 05 tháng 01 năm 2026"; months 3 to 12 plain. */
export function writtenDate(date: string): string {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  const shownMonth = Number(month) > 2 ? String(Number(month)) : month;
  return `ngày ${dayOfMonth} tháng ${shownMonth} năm ${year}`;
}
