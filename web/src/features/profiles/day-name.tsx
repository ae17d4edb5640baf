import { useWeekdays } from '../../lib/format.ts';

/** So many letters fit over a day of a week on a phone. */
const fits = 4;

/** The name of a weekday over its column, 0 is Monday; where the column is narrow, its first letter. */
export function DayName({ day }: { day: number }) {
  const short = useWeekdays('short')[day] ?? '';
  const narrow = useWeekdays('narrow')[day];
  const isShort = short.length <= fits;
  return (
    <>
      <span className={isShort ? 'max-[23rem]:hidden' : 'max-sm:hidden'}>{short}</span>
      <span aria-hidden="true" className={isShort ? 'hidden max-[23rem]:inline' : 'hidden max-sm:inline'}>
        {narrow}
      </span>
    </>
  );
}
