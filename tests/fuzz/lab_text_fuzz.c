/*
 * lab_text_fuzz.c — whatever a file of quotes has, or a datagram says: quotes
 * lie in the file, in its order, and are sent short and without control
 * characters; what is taken for an answer of ours is as long as one.
 */
#include "services/chargen/chargen_text.h"
#include "services/hello/hello_text.h"
#include "services/qotd/qotd_text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

/* LEN bytes of OUT, from which nothing but line ends may steer a terminal. */
static void
check_wire(const uint8_t *out, size_t len)
{
	check(len >= 3 && len <= QOTD_TEXT_MAX);
	check(memcmp(out + len - 2, "\r\n", 2) == 0);
	for (size_t i = 0; i < len; i++) {
		check(out[i] >= ' ' || out[i] == '\r' || out[i] == '\n');
		check((out[i] == '\r') == (i + 1 < len && out[i + 1] == '\n'));
		check(out[i] != 0x7f);
	}
}

static void
quotes(struct span text)
{
	struct qotd_text walk = qotd_text_walk(text);
	struct qotd_text_quote quote;
	const uint8_t *end = text.data;
	unsigned line = 0;

	while (qotd_text_next(&walk, &quote)) {
		uint8_t out[QOTD_TEXT_MAX];
		size_t len;

		check(quote.bytes.len > 0 && quote.bytes.data >= end);
		check(quote.line > line);
		end = quote.bytes.data + quote.bytes.len;
		line = quote.line;
		check(end <= text.data + text.len);
		if (qotd_text_wire(quote.bytes,
		        (struct space){out, sizeof(out)}, &len) == NULL)
			check_wire(out, len);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span bytes = {data, size};

	quotes(bytes);
	if (chargen_text_is_answer(bytes))
		check(size >= CHARGEN_TEXT_LINE);
	if (hello_text_is_answer(bytes))
		check(size <= HELLO_TEXT_MAX);
	return 0;
}
