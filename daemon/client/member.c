/* member.c — members of JSON objects: jansson, in the words that verbs need. */
#include "client/member.h"

#include "client/complain.h"
#include "client/plain.h"
#include "client/verb.h"

#include <stdio.h>
#include <stdlib.h>

void
member_text(json_t *object, const char *key, const char *text)
{
	member_bytes(object, key, span_of(text));
}

void
member_number(json_t *object, const char *key, int64_t number)
{
	json_object_set_new(object, key, json_integer(number));
}

void
member_real(json_t *object, const char *key, double number)
{
	json_object_set_new(object, key, json_real(number));
}

void
member_flag(json_t *object, const char *key, int is_set)
{
	json_object_set_new(object, key, json_boolean(is_set));
}

json_t *
member_string(struct span bytes)
{
	size_t cap = bytes.len * PLAIN_MAX + 1;
	uint8_t *text = malloc(cap);

	if (text == NULL)
		return NULL;
	size_t len = plain_text(bytes, (struct space){text, cap});
	json_t *string = json_stringn((char *)text, len);

	free(text);
	return string;
}

void
member_bytes(json_t *object, const char *key, struct span bytes)
{
	json_object_set_new(object, key, member_string(bytes));
}

void
member_hex(json_t *object, const char *key, struct span bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *text = malloc(2 * bytes.len + 1);

	if (text == NULL)
		return;
	for (size_t i = 0; i < bytes.len; i++) {
		text[2 * i] = digits[bytes.data[i] >> 4];
		text[2 * i + 1] = digits[bytes.data[i] & 15];
	}
	json_object_set_new(object, key, json_stringn(text, 2 * bytes.len));
	free(text);
}

int
member_print(json_t *object)
{
	/* 15 digits say all that a double knows, and 0.1 is 0.1. */
	int result = json_dumpf(object, stdout,
	    JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(15));

	json_decref(object);
	if (result == 0 && fputc('\n', stdout) != EOF && fflush(stdout) == 0)
		return VERB_GOOD;
	/* netlab.c complains of standard output, whoever wrote to it. */
	if (ferror(stdout) != 0)
		return VERB_MALFORMED;
	return complain(VERB_MALFORMED, "no memory for JSON");
}
