/** What is used of the event of a form that is sent off. */

export interface Submitted {
  preventDefault(): void;
}
