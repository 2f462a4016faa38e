/** What the process says when it ends; 0 is success. */

/** Something inside the program broke. */
export const EXIT_FAULT = 1;
/** An argument or an input file is at fault; a sentence on standard error says which and how to mend it. */
export const EXIT_BAD_INPUT = 2;
/** An emergency stop is in force, and what it asks is not proven to be done. */
export const EXIT_NOT_CARRIED_OUT = 3;
