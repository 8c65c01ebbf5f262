export { writeFlatCopy } from './flat-copy.ts';
export { Reader, readerIdentity } from './reader.ts';
