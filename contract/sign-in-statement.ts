/** What a statement to sign in says; the text around it is fixed, so that a signature on it can mean nothing else. */
export interface SignInStatement {
  /** Origin of the server, as clients call it: https://vanban.example.gov.vn. */
  server: string;
  /** SHA-256 of the certificate's DER, lower-case hexadecimal. */
  certificate: string;
  nonce: string;
  /** When the server asked, ISO 8601 in UTC. */
  time: string;
}

const heading = 'an-tin statement 1\npurpose: sign in';
const form =
  /^an-tin statement 1\npurpose: sign in\nserver: (\S{1,300})\ncertificate: ([0-9a-f]{64})\nnonce: ([A-Za-z0-9_-]{22,100})\ntime: ([0-9TZ:.-]{20,30})\n$/;

export function writeSignInStatement({ server, certificate, nonce, time }: SignInStatement): string {
  return `${heading}\nserver: ${server}\ncertificate: ${certificate}\nnonce: ${nonce}\ntime: ${time}\n`;
}

/**
 * Reads a statement back, whole; null for any other text. Whoever is asked to sign one reads it first and compares server
 * and certificate with their own: otherwise a server could have any text signed, or pass another server's statement on.
 */
export function readSignInStatement(text: string): SignInStatement | null {
  const match = form.exec(text);
  if (!match) return null;
  const [, server = '', certificate = '', nonce = '', time = ''] = match;
  return { server, certificate, nonce, time };
}
