export { Reader, readerIdentity } from './reader.ts';
