/* sync.c — how far this host's clock can be believed: the shared page. */
#include "core/sync.h"

#include <stddef.h>
#include <string.h>

enum {
	TRIES = 8, /* of a reader that a writer disturbs */
	/* log2 seconds: the worst that is told, while nothing is known. */
	PRECISION_WORST = -6,
};

static const uint64_t second_ns = 1000000000;

/* What lies in the words of a page. */
struct content {
	struct sync_state state;
	uint64_t written_ms;
};

_Static_assert(sizeof(struct content) <= SYNC_WORDS * sizeof(uint64_t),
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

void
sync_publish(
    struct sync_page *page, const struct sync_state *state, uint64_t now_ms)
{
	uint64_t words[SYNC_WORDS] = {0};
	struct content content = {*state, now_ms};
	uint64_t writing =
	    atomic_load_explicit(&page->sequence, memory_order_relaxed) | 1;

	memcpy(words, &content, sizeof(content));
	atomic_store_explicit(&page->sequence, writing, memory_order_relaxed);
	atomic_thread_fence(memory_order_release);
	for (size_t i = 0; i < SYNC_WORDS; i++)
		atomic_store_explicit(
		    &page->words[i], words[i], memory_order_relaxed);
	atomic_store_explicit(
	    &page->sequence, writing + 1, memory_order_release);
}

void
sync_renew(struct sync_reader *reader)
{
	const struct sync_page *page = reader->page;
	uint64_t words[SYNC_WORDS];
	struct content content;

	for (unsigned i = 0; i < TRIES; i++) {
		uint64_t sequence =
		    atomic_load_explicit(&page->sequence, memory_order_acquire);

		if (sequence % 2 != 0)
			continue;
		for (size_t k = 0; k < SYNC_WORDS; k++)
			words[k] = atomic_load_explicit(
			    &page->words[k], memory_order_relaxed);
		atomic_thread_fence(memory_order_acquire);
		if (atomic_load_explicit(
		        &page->sequence, memory_order_relaxed) != sequence)
			continue;
		memcpy(&content, words, sizeof(content));
		reader->state = content.state;
		reader->written_ms = content.written_ms;
		reader->sequence = sequence;
		return;
	}
}
