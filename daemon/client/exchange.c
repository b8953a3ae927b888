/* exchange.c — the messages that a verb sends and receives. */
#include "client/exchange.h"

#include "client/complain.h"
#include "client/member.h"
#include "client/show/show.h"
#include "client/verb.h"

void
exchange_open(struct exchange *exchange, const struct options *options,
    const struct screen *screen)
{
	bool is_shown =
	    options->hex != OPTIONS_HEX_OFF || options->is_explained;

	*exchange = (struct exchange){
	    .options = options,
	    .screen = screen,
	    .messages = options->is_json && is_shown ? json_array() : NULL,
	};
}

static void
keep(const struct exchange *exchange, const char *title, const char *place,
    bool is_sent, const struct dissect *dissection)
{
	json_t *message = json_object();

	member_text(message, "title", title);
	member_flag(message, "sent", is_sent);
	member_text(message, "place", place);
	member_hex(message, "bytes", dissection->bytes);
	if (exchange->options->is_explained)
		json_object_set_new(message, "fields", show_json(dissection));
	json_array_append_new(exchange->messages, message);
}

static void
print(const struct exchange *exchange, const char *title, const char *place,
    bool is_sent, const struct dissect *dissection)
{
	const struct screen *screen = exchange->screen;

	if (exchange->count > 1)
		fputc('\n', screen->out);
	screen_print(screen, STYLE_TITLE, "%s %s %s, %zu bytes", title,
	    is_sent ? "to" : "from", place, dissection->bytes.len);
	fputc('\n', screen->out);
	show_message(screen, dissection, exchange->options->hex,
	    exchange->options->is_explained);
	fflush(screen->out);
}

static void
note(struct exchange *exchange, const char *title, const char *place,
    bool is_sent, struct span bytes, dissector *dissect)
{
	struct dissect dissection;

	if (exchange->options->hex == OPTIONS_HEX_OFF &&
	    !exchange->options->is_explained)
		return;
	exchange->count++;
	if (!show_dissect(&dissection, bytes, dissect)) {
		complain(VERB_MALFORMED, "no memory to show a message");
		return;
	}
	if (exchange->messages != NULL)
		keep(exchange, title, place, is_sent, &dissection);
	else
		print(exchange, title, place, is_sent, &dissection);
	show_dissect_free(&dissection);
}

void
exchange_sent(struct exchange *exchange, const char *title, const char *place,
    struct span bytes, dissector *dissect)
{
	note(exchange, title, place, true, bytes, dissect);
}

void
exchange_received(struct exchange *exchange, const char *title,
    const char *place, struct span bytes, dissector *dissect)
{
	note(exchange, title, place, false, bytes, dissect);
}

void
exchange_end(struct exchange *exchange, json_t *object)
{
	if (exchange->messages != NULL)
		json_object_set_new(object, "wire", exchange->messages);
	exchange->messages = NULL;
}
