/* small_answer.c — services that answer whoever comes. */
#include "client/small/small_answer.h"

#include "client/complain.h"
#include "client/dissect/dissect_small.h"
#include "client/plain.h"
#include "client/verb.h"

int
small_answer_get(struct small *small, struct space space, size_t *len)
{
	static const struct span empty = {(const uint8_t *)"", 0};
	int result = small_connect(small);

	*len = 0;
	if (result != VERB_GOOD)
		return result;
	if (small->transport == TRANSPORT_UDP)
		return small_ask(small, empty, space, len);
	return small_read(small, space, NULL, NULL, len);
}

/* TEXT without the line end at its end. */
static struct span
without_end(struct span text)
{
	if (text.len > 0 && text.data[text.len - 1] == '\n')
		text.len--;
	if (text.len > 0 && text.data[text.len - 1] == '\r')
		text.len--;
	return text;
}

static json_t *
show(const struct small *small, struct span text)
{
	json_t *object = small_object(small);

	text = without_end(text);
	if (object != NULL) {
		small_member(object, "text", text);
		return object;
	}
	FILE *out = small_out(small);

	plain_write_lines(out, text);
	fputc('\n', out);
	return NULL;
}

int
small_answer_text(
    const struct options *options, const char *host, uint16_t port)
{
	uint8_t text[SMALL_ANSWER_MAX];
	struct small small;
	json_t *object = NULL;
	size_t len;
	int result =
	    small_open(&small, options, host, port, dissect_small_text);

	if (result != VERB_GOOD)
		return result;
	result =
	    small_answer_get(&small, (struct space){text, sizeof(text)}, &len);
	if (len > 0)
		object = show(&small, (struct span){text, len});
	else if (result == VERB_GOOD)
		result = complain(VERB_MALFORMED, "%s: the answer is empty",
		    small.reach.name);
	if (result == VERB_GOOD && len == sizeof(text))
		result = complain(VERB_MALFORMED,
		    "%s: the answer does not end after %d bytes",
		    small.reach.name, (int)SMALL_ANSWER_MAX);
	return small_close(&small, object, result);
}
