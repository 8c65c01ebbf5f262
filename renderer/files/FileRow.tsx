import { Checkbox } from 'react-aria-components/Checkbox';
import { GridListItem } from 'react-aria-components/GridList';
import type { LocalFileCard } from '../../contract/local-file.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import rowStyles from '../boxes/DocumentRow.module.css';
import { Icon } from '../ui/Icon.tsx';
import { Status } from '../ui/Status.tsx';
import { fileWords } from '../words/local-file.ts';
import { fileLook, isSignable } from './file-look.ts';

/** One file of the list: what it is called, where it lies, how it stands, and why it can't be opened. */
export function FileRow({ file, isChoosable }: { file: LocalFileCard; isChoosable: boolean }) {
  const { tone, icon, word } = fileLook(file);
  const why = file.failure && failureMessage(file.failure);
  return (
    <GridListItem
      id={file.id}
      textValue={file.name}
      className={`${rowStyles.row} ${isChoosable ? rowStyles.choosable : ''}`}
    >
      {isChoosable && <Choice file={file} />}
      <div className={rowStyles.what}>
        <p className={rowStyles.subject}>{file.name}</p>
        <p className={rowStyles.below}>
          <span>{why ? `${why.happened} ${why.todo}` : file.folder}</span>
        </p>
      </div>
      <div className={rowStyles.where}>
        <Status tone={tone} icon={icon}>
          {word}
        </Status>
      </div>
      <span className={rowStyles.open}>
        <Icon name="chevronRight" />
      </span>
    </GridListItem>
  );
}

function Choice({ file }: { file: LocalFileCard }) {
  if (!isSignable(file)) return <span />;
  return (
    <Checkbox slot="selection" className={rowStyles.choice ?? ''} aria-label={fileWords.select(file.name)}>
      <span className={rowStyles.box} aria-hidden="true">
        <Icon name="tick" size={1.2} />
      </span>
    </Checkbox>
  );
}
