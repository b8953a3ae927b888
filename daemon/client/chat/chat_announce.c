/* chat_announce.c — a listener tells the networks around that it is there. */
#include "client/chat/chat_announce.h"

#include "client/reach.h"
#include "client/seed.h"

static void
announce_to_all(struct chat_announce *announce, enum chat_beacon_kind kind)
{
	uint8_t bytes[CHAT_BEACON_MAX];

	announce->beacon.kind = kind;
	chat_multicast_send(&announce->multicast,
	    (struct span){bytes, chat_beacon_write(&announce->beacon, bytes)});
}

int
chat_announce_open(struct chat_announce *announce,
    const struct options *options, const struct chat_beacon *beacon)
{
	*announce = (struct chat_announce){
	    .beacon = *beacon,
	    .next_ms = reach_now_ms(),
	    .gap_ms = CHAT_ANNOUNCE_FIRST_MS,
	};
	announce->beacon.id = (uint32_t)seed_number(options, 0);
	return chat_multicast_open(&announce->multicast, options);
}

/* Whether one more may be answered in this second. */
static bool
may_answer(struct chat_announce *announce, int64_t now_ms)
{
	enum { SECOND_MS = 1000 };

	if (now_ms >= announce->second_ms + SECOND_MS) {
		announce->second_ms = now_ms;
		announce->answers = 0;
	}
	return announce->answers++ < CHAT_ANNOUNCE_ANSWERS_MAX;
}

/* Answers the question of BYTES, if it is one. */
static void
answer(struct chat_announce *announce, struct span bytes,
    const struct addr *peer, int64_t now_ms)
{
	uint8_t out[CHAT_BEACON_MAX];
	struct chat_beacon heard;

	if (!chat_beacon_read(bytes, &heard) ||
	    heard.kind != CHAT_BEACON_QUESTION || !may_answer(announce, now_ms))
		return;
	announce->beacon.kind = CHAT_BEACON_HERE;
	chat_multicast_answer(&announce->multicast, peer,
	    (struct span){out, chat_beacon_write(&announce->beacon, out)});
}

void
chat_announce_work(struct chat_announce *announce)
{
	uint8_t bytes[CHAT_BEACON_MAX];
	struct addr peer;
	size_t len;
	int64_t now_ms = reach_now_ms();

	if (now_ms >= announce->next_ms) {
		announce_to_all(announce, CHAT_BEACON_HERE);
		announce->next_ms = now_ms + announce->gap_ms;
		announce->gap_ms *= 2;
		if (announce->gap_ms > CHAT_ANNOUNCE_EACH_MS)
			announce->gap_ms = CHAT_ANNOUNCE_EACH_MS;
	}
	for (unsigned i = 0; i < CHAT_ANNOUNCE_AT_ONCE_MAX; i++) {
		if (!chat_multicast_receive(&announce->multicast,
		        (struct space){bytes, sizeof(bytes)}, &len, &peer))
			break;
		answer(announce, (struct span){bytes, len}, &peer, now_ms);
	}
}

void
chat_announce_close(struct chat_announce *announce)
{
	if (announce->next_ms == INT64_MAX)
		return;
	announce->next_ms = INT64_MAX;
	announce_to_all(announce, CHAT_BEACON_GONE);
	chat_multicast_close(&announce->multicast);
}
