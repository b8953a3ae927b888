/* dns_load_form.h — how the data of common types is written in a master file,
 * to say it to whom wrote it wrong. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_FORM_H
#define NETLAB_SERVICES_DNS_LOAD_FORM_H

#include "services/dns/dns_load_line.h"

enum { DNS_LOAD_FORM_FIELDS_MAX = 8 };

struct dns_load_form {
	char type[8];
	bool is_address;  /* its one field */
	bool is_repeated; /* its last field may come several times */
	const char *fields[DNS_LOAD_FORM_FIELDS_MAX];
	const char *example; /* of its data */
};

/* Of the type that WORD names; NULL: no common one, or none. */
const struct dns_load_form *dns_load_form_find(
    const struct dns_load_word *word);

/* The name of field INDEX, from 0; NULL: FORM, or NULL, has no such field. */
const char *dns_load_form_field(
    const struct dns_load_form *form, unsigned index);

#endif
