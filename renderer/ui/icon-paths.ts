/** Outlines on a 24 × 24 grid, drawn with a 2-unit round stroke. Our own, so that nothing is fetched or licensed. */
export const iconPaths = {
  alert: 'M12 3.5 2.5 20h19L12 3.5ZM12 10v4.5M12 17.4v.1',
  back: 'M20 12H5M11 6l-6 6 6 6',
  building: 'M4 21V8l8-5 8 5v13M3 21h18M9 21v-5h6v5M8.5 11h.1M12 11h.1M15.5 11h.1',
  check: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.2l2.8 2.8L16 9.5',
  chevronRight: 'm9 5 7 7-7 7',
  chevronLeft: 'm15 5-7 7 7 7',
  circle: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.2l3.3 2',
  copy: 'M8 8V3.500h12.500V16H16M3.500 8H16v12.500H3.500V8Z',
  cross: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9 9l6 6M15 9l-6 6',
  disconnected:
    'M8 17H7a4 4 0 0 1-.7-7.9A6 6 0 0 1 9 5.8M13 5.1a6 6 0 0 1 5 5A3.6 3.6 0 0 1 20.6 15M3 3l18 18',
  connected: 'M7 18a4 4 0 0 1-.7-7.9 6 6 0 0 1 11.7 0A4 4 0 0 1 17.5 18H7ZM9.3 13.4l2 2 3.6-3.8',
  document: 'M6 3h8l5 5v13H6V3ZM13.5 3.2V8.5H19M9 13h7M9 17h5',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  inbox: 'M4 13 7 4h10l3 9v7H4v-7ZM4.2 13H9l1.2 2.5h3.6L15 13h4.8',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.6v.1',
  key: 'M8 19a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM10.8 12.200 19.500 3.500M15.500 7.500l3 3M13 10l2 2',
  lock: 'M6 11h12v9H6v-9ZM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11M12 14.5v2.5',
  minus: 'M5 12h14',
  out: 'M10 4H5v16h5M14 8l4 4-4 4M9 12h9',
  outgoing: 'M5 3h8l5 5v4M12.5 3.2V8.5H18M5 3v18h7M15 18h6M18.3 15l3 3-3 3',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 21c.6-4 3.5-6 7.5-6s6.9 2 7.5 6',
  plus: 'M12 5v14M5 12h14',
  question:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.4 9.500a2.7 2.7 0 1 1 3.9 2.400c-.8.5-1.3 1-1.3 1.900M12 16.800v.1',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.400L19.5 9M19.5 4.500V9H15',
  save: 'M12 4v11M7.5 11l4.5 4.500L16.500 11M4 16v4h16v-4',
  seal: 'M12 14.500a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM9 13.8 7.5 21l4.5-2.3 4.5 2.3-1.5-7.200M10 9l1.5 1.500L14.2 7.8',
  send: 'M4 12 20.5 4 15.5 20.5 11.5 13.5 4 12ZM11.5 13.5 20.5 4',
  sign: 'M4 20h16M6.5 15.5 6 12 15 3.500l3 3L9 15l-2.5.5Z',
  tick: 'm5 12.500 4.500 4.500L19 7.500',
  token:
    'M8 9h8v9.500A2.5 2.5 0 0 1 13.5 21h-3A2.5 2.5 0 0 1 8 18.500V9ZM9.5 9V3.500h5V9M11 6h.1M13 6h.1M12 13.500v2.5',
} as const;

export type IconName = keyof typeof iconPaths;
