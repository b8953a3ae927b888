/* show_explain.c — a message field by field. */
#include "client/show/show.h"

void
show_explain(const struct screen *screen, const struct dissect *dissection)
{
	for (size_t i = 0; i < dissection->count; i++) {
		const struct dissect_field *field = &dissection->fields[i];
		struct span value = dissect_value(dissection, field);

		fprintf(
		    screen->out, "%*s%s ", 2 * field->depth, "", field->name);
		screen_bytes(screen, field->style, value);
		fputc('\n', screen->out);
	}
}
