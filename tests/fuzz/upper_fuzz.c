/*
 * upper_fuzz.c — any bytes in capitals, in two pieces, with any room for a
 * step: the same as libunistring makes of all that is UTF-8, and the rest as it
 * is.
 *
 * Input: the length of the first piece, the room beyond the least, the bytes.
 */
#include "core/utf8.h"
#include "services/upper/upper_load.h"
#include "services/upper/upper_text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	GROWTH_MAX = 3, /* of two bytes, six */
	HEAD_LEN = 2,
};

static const struct upper_text_table *
table_of_capitals(void)
{
	static struct image_writer writer;

	if (writer.base == NULL &&
	    (!image_writer_open(&writer) || !image_writer_begin(&writer) ||
	        !upper_load_table(&writer)))
		abort();
	return image_writer_at(&writer, 0);
}

/* Writes what BYTES have to become to OUT: returns how much. */
static size_t
expected(struct span bytes, uint8_t *out)
{
	size_t made = 0;

	while (bytes.len > 0) {
		size_t letter = utf8_len(bytes), len = 16;
		size_t step = letter == 0 ? 1 : letter;

		if (letter == 0)
			out[made++] = bytes.data[0];
		else if (u8_toupper(bytes.data, letter, "", NULL, out + made,
		             &len) == out + made)
			made += len;
		else
			abort();
		bytes.data += step;
		bytes.len -= step;
	}
	return made;
}

struct run {
	const struct upper_text_table *table;
	uint8_t *out;
	size_t made, room;
};

/* Writes BYTES in steps, each with input and room of its own length, so that
 * reading or writing on would be seen. Returns how many of them are used. */
static size_t
write_steps(struct run *run, struct span bytes, bool is_last)
{
	struct upper_text text;
	size_t used = 0;

	do {
		size_t len = bytes.len - used;
		uint8_t *in = malloc(len + (len == 0));
		struct space step = {malloc(run->room), run->room};

		assert(in != NULL && step.data != NULL);
		memcpy(in, bytes.data + used, len);
		text = upper_text(
		    run->table, (struct span){in, len}, is_last, step);
		assert(text.used <= len && text.made <= step.cap);
		memcpy(run->out + run->made, step.data, text.made);
		used += text.used;
		run->made += text.made;
		free(in);
		free(step.data);
	} while (text.used > 0);
	return used;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < HEAD_LEN)
		return 0;
	struct span bytes = {data + HEAD_LEN, size - HEAD_LEN};
	size_t first = data[0] < bytes.len ? data[0] : bytes.len;
	struct run run = {
	    .table = table_of_capitals(),
	    .out = malloc(bytes.len * GROWTH_MAX + 1),
	    .room = UPPER_TEXT_CAPITAL_MAX + (size_t)data[1],
	};
	uint8_t *wanted = malloc(bytes.len * GROWTH_MAX + 16);

	assert(run.out != NULL && wanted != NULL);
	size_t used =
	    write_steps(&run, (struct span){bytes.data, first}, false);

	assert(first - used < UTF8_MAX);
	used += write_steps(
	    &run, (struct span){bytes.data + used, bytes.len - used}, true);
	assert(used == bytes.len);
	assert(run.made == expected(bytes, wanted));
	assert(memcmp(run.out, wanted, run.made) == 0);
	run.made = 0;
	run.table = NULL;
	assert(write_steps(&run, bytes, false) == bytes.len);
	assert(run.made == bytes.len);
	free(run.out);
	free(wanted);
	return 0;
}
