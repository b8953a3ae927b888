/* show_message.c — a message as its options have it. */
#include "client/show/show.h"

void
show_message(const struct screen *screen, const struct dissect *dissection,
    enum options_hex hex, bool is_explained)
{
	if (hex == OPTIONS_HEX_PLAIN)
		show_hex_plain(screen, dissection->bytes);
	else if (hex == OPTIONS_HEX_FIELDS)
		show_hex_fields(screen, dissection);
	if (hex != OPTIONS_HEX_OFF && is_explained)
		fputc('\n', screen->out);
	if (is_explained)
		show_explain(screen, dissection);
}
