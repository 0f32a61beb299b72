-- The tables of a shop whose consultant builds the birthday greetings by hand.
create schema by_hand;

create table by_hand.customers (
	id integer primary key,
	first_name text not null,
	last_name text not null,
	sex text,
	birth_date date,
	deceased boolean not null default false,
	email text,
	refusal_token text not null
);
create index customers_birthday on by_hand.customers (extract(month from birth_date), extract(day from birth_date));

create table by_hand.consents (
	id integer generated always as identity primary key,
	customer_id integer not null references by_hand.customers,
	channel text not null,
	purpose text not null,
	status text not null,
	given_at timestamptz not null
);
create index consents_customer on by_hand.consents (customer_id, channel, purpose, given_at);

-- What was sent, of whatever campaign.
create table by_hand.contacts (
	id integer generated always as identity primary key,
	customer_id integer not null references by_hand.customers,
	kind text not null,
	sent_on date not null
);
create index contacts_customer on by_hand.contacts (customer_id, sent_on);

create table by_hand.greetings (
	id integer generated always as identity primary key,
	customer_id integer not null references by_hand.customers,
	due_on date not null,
	status text not null,
	reason text,
	channel text,
	recipient text,
	subject text,
	text text,
	created_at timestamptz not null default now(),
	unique (customer_id, due_on)
);
