/* show_dissect.c — memory for dissections. */
#include "client/show/show.h"

#include <stdlib.h>

enum {
	FIELDS_FIRST = 256,
	TEXT_FIRST = 16384,
	DOUBLINGS_MAX = 14, /* 4 million fields: more than any message has */
};

bool
show_dissect(struct dissect *dissection, struct span bytes, dissector *dissect)
{
	for (unsigned i = 0; i <= DOUBLINGS_MAX; i++) {
		size_t cap = (size_t)FIELDS_FIRST << i;
		size_t text_cap = (size_t)TEXT_FIRST << i;
		struct dissect_field *fields = calloc(cap, sizeof(*fields));
		uint8_t *text = malloc(text_cap);

		dissect_open(dissection, bytes, fields, cap,
		    (struct space){text, text_cap});
		if (fields != NULL && text != NULL) {
			dissect(dissection, 0, bytes.len);
			if (!dissection->is_full)
				return true;
		}
		show_dissect_free(dissection);
		if (fields == NULL || text == NULL)
			return false;
	}
	return false;
}

void
show_dissect_free(struct dissect *dissection)
{
	free(dissection->fields);
	free(dissection->text);
}
