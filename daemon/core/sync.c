/* sync.c — how far this host's clock can be believed: the shared page. */
#include "core/sync.h"

#include <stddef.h>
#include <string.h>

enum {
	TRIES = 8, /* of a reader that a writer disturbs */
	SUM_AT = SYNC_WORDS - 1,
	/* log2 seconds: the worst that is told, while nothing is known. */
	PRECISION_WORST = -6,
};

static const uint64_t second_ns = 1000000000;

/* What lies in the words of a page. */
struct content {
	struct sync_state state;
	uint64_t written_ms;
};

_Static_assert(sizeof(struct content) <= SUM_AT * sizeof(uint64_t),
    "the page holds all of it");

/* Stratum 16 does not appear on the wire (RFC 5905 §7.3). The bounds are
 * chrony's in this state: a second. */
struct sync_state
sync_unknown(int8_t precision)
{
	return (struct sync_state){
	    .leap = SYNC_LEAP_UNKNOWN,
	    .precision = precision,
	    .root_delay_ns = second_ns,
	    .root_dispersion_ns = second_ns,
	};
}

struct sync_reader
sync_reader_init(const struct sync_page *page)
{
	return (struct sync_reader){
	    .page = page,
	    .state = sync_unknown(PRECISION_WORST),
	};
}

/* Of CONTENT's words: multiplied by an odd number and turned, so that each bit
 * and the place of each word count. Never that of a page of zeros. */
static uint64_t
sum(const uint64_t words[SUM_AT])
{
	uint64_t total = 0x9e3779b97f4a7c15;

	for (size_t i = 0; i < SUM_AT; i++) {
		total = (total ^ words[i]) * 0xff51afd7ed558ccd;
		total = total << 29 | total >> 35;
	}
	return total;
}

void
sync_publish(
    struct sync_page *page, const struct sync_state *state, uint64_t now_ms)
{
	uint64_t words[SYNC_WORDS] = {0};
	struct content content = {*state, now_ms};
	uint64_t next =
	    atomic_load_explicit(&page->sequence, memory_order_relaxed) + 1;

	memcpy(words, &content, sizeof(content));
	words[SUM_AT] = sum(words);
	for (size_t i = 0; i < SYNC_WORDS; i++)
		atomic_store_explicit(
		    &page->words[i], words[i], memory_order_relaxed);
	atomic_store_explicit(
	    &page->sequence, next == 0 ? 1 : next, memory_order_release);
}

/* False: another process is writing, or one was killed while it did. */
static bool
read_content(const struct sync_page *page, struct content *content)
{
	uint64_t words[SYNC_WORDS];

	for (size_t i = 0; i < SYNC_WORDS; i++)
		words[i] =
		    atomic_load_explicit(&page->words[i], memory_order_relaxed);
	if (words[SUM_AT] != sum(words))
		return false;
	memcpy(content, words, sizeof(*content));
	return true;
}

void
sync_renew(struct sync_reader *reader)
{
	struct content content;

	for (unsigned i = 0; i < TRIES; i++) {
		uint64_t sequence = atomic_load_explicit(
		    &reader->page->sequence, memory_order_acquire);

		if (!read_content(reader->page, &content))
			continue;
		reader->state = content.state;
		reader->written_ms = content.written_ms;
		reader->sequence = sequence;
		return;
	}
}
