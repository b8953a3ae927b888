/*
 * dns_text_field.h — the fields of RDATA: each is read from a message, and
 * written as text. Pure; any process.
 */
#ifndef NETLAB_SERVICES_DNS_TEXT_FIELD_H
#define NETLAB_SERVICES_DNS_TEXT_FIELD_H

#include "services/dns/dns_name.h"
#include "services/dns/dns_text.h"

/* RDATA that is being read: what is left of it lies from AT to END. */
struct dns_text_rest {
	const uint8_t *message;
	size_t at, end;
	bool has_pointers; /* of names, back into the message */
};

/* The next LEN bytes, taken off; false: there are not so many. */
static inline bool
dns_text_rest_take(struct dns_text_rest *rest, size_t len, struct span *bytes)
{
	if (len > rest->end - rest->at)
		return false;
	*bytes = (struct span){rest->message + rest->at, len};
	rest->at += len;
	return true;
}

/* All that is left, taken off. */
static inline struct span
dns_text_rest_all(struct dns_text_rest *rest)
{
	struct span all = {rest->message + rest->at, rest->end - rest->at};

	rest->at = rest->end;
	return all;
}

/* The name that comes next, its pointers followed, taken off; false: there is
 * none. */
bool dns_text_field_name(struct dns_text_rest *rest, uint8_t name[DNS_NAME_MAX])
    __attribute__((warn_unused_result));

/* The integer of SIZE bytes that comes next; false: there are not so many. */
bool dns_text_field_integer(struct dns_text_rest *rest, size_t size,
    uint64_t *value) __attribute__((warn_unused_result));

/*
 * Writes the field of kind LETTER (struct dns_text_type) that REST begins with,
 * and takes it off. False: it is not such a field, or has no text that would be
 * read back as the same bytes; part of it may have been written.
 */
bool dns_text_field(struct dns_text *text, struct dns_text_rest *rest,
    char letter) __attribute__((warn_unused_result));

/* Takes the field of kind LETTER off; false: it is cut off, or is a name that
 * is none. What may take all that is left is not looked into. */
bool dns_text_field_skip(struct dns_text_rest *rest, char letter)
    __attribute__((warn_unused_result));

#endif
