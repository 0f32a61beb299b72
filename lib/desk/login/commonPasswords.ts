/**
 * Passwords of ten characters or more that lists of leaked ones begin with, the rows of a keyboard, and what an optical shop would think of first.
 * In lower case; digits and signs around a word do not save it.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set([
	'1234567890', '0123456789', '0987654321', '9876543210', '12345678910', '123456789a', 'a123456789', '1q2w3e4r5t', '1q2w3e4r5t6y', 'q1w2e3r4t5', '1qaz2wsx3edc', '1qaz2wsx', 'qazwsxedc',
	'qwertyuiop', 'qwertyuiopasdfghjkl', 'qwerty123456', 'qwerty', 'asdfghjkl', 'asdfghjklò', 'zxcvbnm', 'azertyuiop', '123qwe123qwe', 'abcdefghij', 'abcdefghijk', 'abc',
	'password', 'passw0rd', 'p@ssw0rd', 'p@ssword', 'passwordpassword', 'mypassword', 'lamiapassword', 'nuovapassword', 'newpassword', 'changeme', 'cambiami', 'letmein', 'welcome', 'benvenuto', 'benvenuti', 'ciaociao', 'ciaociaociao',
	'administrator', 'amministratore', 'admin', 'adminadmin', 'superuser', 'segreta', 'segretissima', 'provvisoria', 'iloveyou', 'tiamo', 'tiamotanto', 'amoremio', 'juventus', 'internazionale', 'napoli', 'francesca', 'alessandro', 'alessandra',
	'football', 'superman', 'sunshine', 'princess', 'starwars', 'liverpool', 'trustno1', 'computer', 'internet',
	'ottica', 'otticaottica', 'ottico', 'optical', 'opticalcrm', 'optician', 'occhiali', 'occhialidasole', 'occhialeria', 'lenti', 'lentiacontatto', 'vista', 'negozio', 'bottega', 'desk', 'deskdesk', 'glasses', 'sunglasses', 'eyewear',
]);
