/** What later steps can do with a field of a customer: 0 there is nothing, 1 what is there cannot be used, 2 it can. */
export type Grade = 0 | 1 | 2;
