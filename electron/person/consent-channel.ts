/** Name of the IPC channel by which the consent window gets its port; the shell listens on none. */
export const consentChannel = 'antin-consent';
