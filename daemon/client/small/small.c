/* small.c — what the verbs of the small services share. */
#include "client/small/small.h"

#include "client/complain.h"
#include "client/member.h"
#include "client/verb.h"

int
small_open(struct small *small, const struct options *options, const char *host,
    uint16_t port, dissector *dissect)
{
	*small = (struct small){
	    .options = options,
	    .transport = options->transport == OPTIONS_BY_UDP ? TRANSPORT_UDP
	                                                      : TRANSPORT_TCP,
	    .reach = {.fd = -1},
	    .dissect = dissect,
	};
	screen_open(&small->screen, options);
	exchange_open(&small->exchange, options, &small->screen);
	return reach_place_read(host, options, port, &small->place);
}

int
small_connect(struct small *small)
{
	reach_close(&small->reach);
	return reach_open(
	    &small->reach, small->options, &small->place, small->transport);
}

int
small_print(struct small *small, json_t *object)
{
	exchange_end(&small->exchange, object);
	exchange_open(&small->exchange, small->options, &small->screen);
	return object == NULL ? VERB_GOOD : member_print(object);
}

int
small_close(struct small *small, json_t *object, int result)
{
	int printed = small_print(small, object);

	exchange_end(&small->exchange, NULL);
	reach_close(&small->reach);
	return result == VERB_GOOD ? printed : result;
}

FILE *
small_out(const struct small *small)
{
	if (small->exchange.count > 0)
		fputc('\n', small->screen.out);
	return small->screen.out;
}

json_t *
small_object(const struct small *small)
{
	if (!small->options->is_json)
		return NULL;
	json_t *object = json_object();

	member_text(object, "server", small->reach.name);
	return object;
}

void
small_member(json_t *object, const char *key, struct span text)
{
	/* NULL where it is no UTF-8. */
	json_t *string = json_stringn((const char *)text.data, text.len);

	json_object_set_new(
	    object, key, string != NULL ? string : member_string(text));
}

static void
note_sent(struct small *small, const char *title, struct span bytes)
{
	exchange_sent(
	    &small->exchange, title, small->reach.name, bytes, small->dissect);
}

static void
note_received(struct small *small, struct span bytes)
{
	exchange_received(&small->exchange, "Answer", small->reach.name, bytes,
	    small->dissect);
}

/* ----------------------------------------------------------------------- UDP
 */

struct asking {
	struct small *small;
	struct span question;
};

static void
tell(void *context, unsigned attempt)
{
	const struct asking *asking = context;

	note_sent(asking->small,
	    attempt == 0 ? "Question" : "Question, once more",
	    asking->question);
}

static bool
is_any(void *context, struct span bytes)
{
	(void)context;
	(void)bytes;
	return true;
}

int
small_ask(
    struct small *small, struct span question, struct space space, size_t *len)
{
	struct asking asking = {small, question};
	struct reach_question asked = {
	    .question = question,
	    .tries = SMALL_TRIES,
	    .is_answer = is_any,
	    .told = tell,
	    .context = &asking,
	};
	int result = reach_ask(&small->reach, &asked, space, len);

	if (result == VERB_GOOD)
		note_received(small, (struct span){space.data, *len});
	return result;
}

/* ----------------------------------------------------------------------- TCP
 */

int
small_send(struct small *small, struct span text)
{
	note_sent(small, "Text", text);
	return reach_send(&small->reach, text);
}

/* Without showing what came. */
static int
read_whole(struct small *small, struct space space,
    bool (*is_whole)(const void *context, struct span bytes),
    const void *context, size_t *have)
{
	while (*have < space.cap) {
		size_t len;
		int result = reach_receive(&small->reach,
		    (struct space){space.data + *have, space.cap - *have},
		    &len);

		if (result != VERB_GOOD)
			return result;
		if (len == 0 && *have == 0)
			return complain(VERB_NO_REPLY,
			    "%s: closed without an answer", small->reach.name);
		*have += len;
		if (len == 0 ||
		    (is_whole != NULL &&
		        is_whole(context, (struct span){space.data, *have})))
			break;
	}
	return VERB_GOOD;
}

int
small_read(struct small *small, struct space space,
    bool (*is_whole)(const void *context, struct span bytes),
    const void *context, size_t *len)
{
	*len = 0;
	int result = read_whole(small, space, is_whole, context, len);

	if (*len > 0)
		note_received(small, (struct span){space.data, *len});
	return result;
}
