// One of many, found by typing. Whoever types faster than the list comes loses nothing: Enter belongs to the list while it is
// open, also while it still loads, and what was typed has its first match lit up when the list is there.
import { Autocomplete, type AutocompleteProps, TextField } from '@mui/material';
import { type JSX, type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export interface PickerProps<Option> extends Pick<AutocompleteProps<Option, false, false, false>, 'id' | 'options' | 'value' | 'disabled' | 'getOptionLabel' | 'getOptionKey' | 'isOptionEqualToValue' | 'filterOptions' | 'renderOption' | 'blurOnSelect' | 'sx'> {
  readonly label: string;
  readonly onPick: (option: Option | null) => void;
  /** Whether its options are on their way. */
  readonly isLoading?: boolean;
  readonly required?: boolean;
  readonly hasFault?: boolean;
  readonly help?: ReactNode;
  readonly placeholder?: string;
}

export function Picker<Option>({ label, onPick, isLoading = false, required = false, hasFault = false, help, placeholder, ...rest }: PickerProps<Option>): JSX.Element {
  const { t } = useTranslation();
  const isOpen = useRef(false);
  // The library lets an Enter that finds nothing lit up through to the form, which is then sent without a choice.
  const keepEnter = (event: KeyboardEvent): void => { if (event.key === 'Enter' && isOpen.current) event.preventDefault(); };
  return (
    <Autocomplete
      {...rest} autoHighlight loading={isLoading} loadingText={t('common.loading')} noOptionsText={t('common.noChoice')} clearText={t('common.clearChoice')} openText={t('common.openChoices')} closeText={t('common.closeChoices')}
      onChange={(_, option) => onPick(option)} onOpen={() => { isOpen.current = true; }} onClose={() => { isOpen.current = false; }} onKeyDown={keepEnter}
      renderInput={(props) => <TextField {...props} label={label} required={required} error={hasFault} helperText={help} placeholder={placeholder} />}
    />
  );
}
