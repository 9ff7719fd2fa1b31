// What the forms' library leaves out for readers of the screen: it names the description and the faults of a field on the frame
// around its control, where nobody hears of them, and its descriptions are headings.
import { Typography } from '@mui/material';
import { Templates, Widgets } from '@rjsf/mui';
import { ariaDescribedByIds, type DescriptionFieldProps, type WidgetProps } from '@rjsf/utils';
import type { ComponentType, JSX } from 'react';
import { useTold } from '../words/told.ts';

/** @param slotsOf where the control itself takes attributes, by the ids of what describes it */
function described(Control: ComponentType<WidgetProps> | undefined, slotsOf: (ids: string) => object): ComponentType<WidgetProps> {
  if (Control === undefined) throw new Error('The forms have no such control.');
  return function Described(props: WidgetProps): JSX.Element {
    return <Control {...props} options={{ ...props.options, mui: slotsOf(ariaDescribedByIds(props.id)) }} />;
  };
}

function Description({ id, description }: DescriptionFieldProps): JSX.Element | null {
  const { servers } = useTold();
  return description === '' ? null : <Typography id={id} variant="subtitle2" component="span" sx={{ display: 'block', mt: 0.625 }} {...servers}>{description}</Typography>;
}

export const templates = {
  BaseInputTemplate: described(Templates.BaseInputTemplate, (ids) => ({ slotProps: { htmlInput: { 'aria-describedby': ids } } })),
  DescriptionFieldTemplate: Description,
};

export const widgets = {
  SelectWidget: described(Widgets.SelectWidget, (ids) => ({ rjsfSlotProps: { select: { SelectDisplayProps: { 'aria-describedby': ids } } } })),
  CheckboxWidget: described(Widgets.CheckboxWidget, (ids) => ({ rjsfSlotProps: { checkbox: { slotProps: { input: { 'aria-describedby': ids } } } } })),
};
