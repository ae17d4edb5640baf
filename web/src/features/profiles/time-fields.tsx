import { useTranslations } from 'use-intl';
import { TextField } from '../../components/fields.tsx';
import { type HourSet, zoneName } from './availability.ts';
import { WeekEditor } from './week-editor.tsx';

interface TimeFieldsProps {
  hoursPerWeek: string;
  onHoursPerWeek: (value: string) => void;
  zone: string;
  hours: HourSet;
  onHours: (hours: HourSet) => void;
  error?: string | undefined;
}

/** How many hours a week, and which. */
export function TimeFields({ hoursPerWeek, onHoursPerWeek, zone, hours, onHours, error }: TimeFieldsProps) {
  const t = useTranslations('availability');
  return (
    <>
      <TextField
        className="w-56"
        label={t('hoursPerWeek')}
        name="hours_per_week"
        type="number"
        inputMode="numeric"
        min={0}
        max={80}
        isOptional
        value={hoursPerWeek}
        onChange={(event) => onHoursPerWeek(event.target.value)}
        error={error}
      />
      <div>
        <p className="text-sm font-semibold">{t('week')}</p>
        <p className="mb-3 text-sm text-faint">{t('weekHint', { zone: zoneName(zone) })}</p>
        <WeekEditor hours={hours} onChange={onHours} />
      </div>
    </>
  );
}
