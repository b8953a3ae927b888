/*
 * netlab_chat_fuzz.c — what netlab chat gets from others: beacons are read to
 * the letter or not at all; lines are the same however they come, nothing is
 * lost of them, and what is printed of them has no controls.
 *
 * Input: the length of a piece, then the bytes.
 */
#include "client/chat/chat_beacon.h"
#include "client/chat/chat_inbox.h"
#include "client/chat/chat_paint.h"
#include "client/chat/chat_self.h"
#include "services/chat/chat_cookie.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_beacon(struct span bytes)
{
	struct chat_beacon beacon;
	uint8_t out[CHAT_BEACON_MAX];

	if (!chat_beacon_read(bytes, &beacon))
		return;
	assert(chat_beacon_write(&beacon, out) == bytes.len);
	assert(memcmp(out, bytes.data, bytes.len) == 0);
}

static void
read_line(struct span line)
{
	static char printed[64 * 1024];
	struct chat_paint paint = chat_paint_read(line);
	struct screen screen = {.out = fmemopen(printed, sizeof(printed), "w")};
	struct span cookie;

	assert(paint.head.len + paint.name.len + paint.tail.len == line.len);
	if (chat_cookie_find(line, &cookie))
		assert(cookie.data > line.data &&
		       cookie.data + cookie.len < line.data + line.len);
	assert(screen.out != NULL);
	chat_paint_write(&screen, line);
	long len = ftell(screen.out);

	assert(fclose(screen.out) == 0 && len > 0 && printed[len - 1] == '\n');
	for (long i = 0; i < len - 1; i++)
		assert((unsigned char)printed[i] >= ' ' || printed[i] == '\t');
}

/* Reads BYTES in pieces of SIZE, hands each line to SEE, if any, and returns a
 * sum of all lines and their ends. */
static uint64_t
read_lines(struct span bytes, size_t size, void (*see)(struct span line))
{
	static struct chat_inbox inbox;
	uint64_t sum = 0;
	struct span line;

	memset(&inbox, 0, sizeof(inbox));
	for (size_t come = 0; come < bytes.len;) {
		struct space space = chat_inbox_space(&inbox);
		size_t piece = bytes.len - come;

		assert(space.cap > 0);
		piece = piece < size ? piece : size;
		piece = piece < space.cap ? piece : space.cap;
		memcpy(space.data, bytes.data + come, piece);
		chat_inbox_put(&inbox, piece);
		come += piece;
		while (chat_inbox_next(&inbox, come == bytes.len, &line)) {
			for (size_t i = 0; i < line.len; i++)
				sum = sum * 31 + line.data[i];
			sum = sum * 31 + 256;
			if (see != NULL)
				see(line);
		}
	}
	assert(!chat_inbox_has_rest(&inbox));
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	struct span bytes = {data + 1, size - 1};
	uint64_t sum = read_lines(bytes, SIZE_MAX, read_line);

	read_beacon(bytes);
	assert(read_lines(bytes, (size_t)data[0] + 1, NULL) == sum);
	return 0;
}
