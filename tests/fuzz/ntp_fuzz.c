/*
 * ntp_fuzz.c — the door of ntp over a sequence of datagrams, from several
 * clients, of all settings: signed, interleaved, over the rate. Each gets
 * silence or one reply that is no longer, fits it, and gets silence itself.
 *
 * The input is a byte of settings, then for each datagram: what is done to it,
 * its client, its port (2), its length (2), its bytes.
 */
#include "core/bytes.h"
#include "core/ntp_header.h"
#include "services/ntp/ntp.h"
#include "services/ntp/ntp_auth.h"
#include "services/ntp/ntp_interleaved.h"
#include "services/ntp/ntp_settings.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	KEY_COUNT = 4,
	SETTINGS_COUNT = 16,
	RECORD_LEN = 6,
	QUESTION_MAX = 1280,
	KEY_ID_LEN = 4,
};

/* What is done to a datagram before and when it is sent. */
enum deed {
	DEED_SIGN = 1 << 0,    /* its end becomes a good MAC of key 1 to 4 */
	DEED_CITE = 1 << 1,    /* its origin becomes the last reply's receive */
	DEED_LIMITED = 1 << 2, /* it is over the rate */
	DEED_LATER = 1 << 3,   /* the clock's page has been written meanwhile */
	DEED_KEY = 3 << 4,     /* which key */
};

static const struct ntp_key keys[KEY_COUNT] = {
    {.id = 1, .type = MAC_AES128, .len = 16, .bytes = "sixteen bytes..."},
    {.id = 2, .type = MAC_AES256, .len = 32, .bytes = "thirty-two bytes"},
    {.id = 3, .type = MAC_MD5, .len = 3, .bytes = "key"},
    {.id = 4, .type = MAC_SHA1, .len = 5, .bytes = "other"},
};

static struct ntp_interleaved_table table;
static struct sync_page page;
static const uint64_t secret[2] = {1, 2};

/* One run: the room's state, and what was last said. */
struct run {
	void *ntp;
	const struct ntp_auth *auth;
	uint64_t now_ms;
	uint8_t cited[8];
	size_t outcome_count;
};

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

static const struct ntp_auth *
auth_of_keys(void)
{
	static struct mac *macs[KEY_COUNT];
	static const struct ntp_auth auth = {keys, macs, KEY_COUNT};

	for (size_t i = 0; i < KEY_COUNT && macs[i] == NULL; i++) {
		macs[i] = mac_open((enum mac_type)keys[i].type,
		    (struct span){keys[i].bytes, keys[i].len});
		check(macs[i] != NULL);
	}
	return &auth;
}

/* A room that is set as FLAGS say. One of each is started. */
static void *
room_of(unsigned flags)
{
	static void *rooms[SETTINGS_COUNT];
	static struct settings_role role = {.limit.interval_ms = 2000};
	const size_t size = sizeof(struct ntp_settings) + sizeof(keys);
	struct ntp_settings *settings;

	if (rooms[flags] != NULL)
		return rooms[flags];
	settings = calloc(1, size);
	check(settings != NULL);
	settings->has_legacy = (flags & 1) != 0;
	settings->has_symmetric = (flags & 2) != 0;
	settings->has_interleaved = (flags & 4) != 0;
	settings->has_kod = (flags & 8) != 0;
	settings->key_count = KEY_COUNT;
	memcpy(settings->keys, keys, sizeof(keys));
	rooms[flags] = ntp_service.start(&(struct service_start){
	    .part = {(const uint8_t *)settings, size},
	    .own = &table,
	    .sync = &page,
	    .key = secret,
	    .settings = &role,
	});
	check(rooms[flags] != NULL);
	return rooms[flags];
}

static struct addr
client_of(uint8_t number, uint16_t port)
{
	struct addr addr = {.len = sizeof(addr.in4)};

	addr.in4.sin_family = AF_INET;
	addr.in4.sin_addr.s_addr = htonl(0x0a000000U | number % 4U);
	addr.in4.sin_port = htons(port);
	return addr;
}

static void
publish(struct run *run, uint8_t stratum)
{
	struct sync_state state = sync_unknown(-20);

	if (stratum % 16 != 0) {
		state.stratum = stratum % 16;
		state.leap = (enum sync_leap)(stratum >> 4 & 1);
		state.refid = 0x7f7f0101;
		state.reference_ns = state.read_ns = 1600000000000000000;
	}
	sync_publish(&page, &state, ++run->now_ms);
}

/* Makes QUESTION, of LEN bytes, what DEEDS say. */
static void
do_deeds(const struct run *run, unsigned deeds, uint8_t *question, size_t len)
{
	size_t i = (deeds & DEED_KEY) >> 4;
	size_t mac_len = KEY_ID_LEN + mac_size((enum mac_type)keys[i].type);
	uint8_t code[MAC_SIZE_MAX];

	if ((deeds & DEED_CITE) != 0 && len >= NTP_HEADER_LEN)
		memcpy(question + NTP_HEADER_ORIGIN, run->cited, 8);
	if ((deeds & DEED_SIGN) == 0 || len < NTP_HEADER_LEN + mac_len)
		return;
	bytes_put32be(question + len - mac_len, keys[i].id);
	check(mac_write(run->auth->macs[i],
	          (struct span){question, len - mac_len},
	          code) == mac_len - KEY_ID_LEN);
	memcpy(question + len - (mac_len - KEY_ID_LEN), code,
	    mac_len - KEY_ID_LEN);
}

/* The reply to QUESTION is all that may be said to it. */
static void
check_reply(
    const struct run *run, const struct datagram *question, struct span reply)
{
	const uint8_t *asked = question->bytes.data;
	bool is_kod = memcmp(reply.data + NTP_HEADER_REFID, "RATE", 4) == 0;
	bool is_basic = memcmp(reply.data + NTP_HEADER_ORIGIN,
	                    asked + NTP_HEADER_TRANSMIT, 8) == 0;
	bool is_interleaved = memcmp(reply.data + NTP_HEADER_ORIGIN,
	                          asked + NTP_HEADER_RECEIVE, 8) == 0;

	check(reply.len >= NTP_HEADER_LEN && reply.len <= question->bytes.len);
	check((reply.data[0] & 0x38) == (asked[0] & 0x38));
	check((reply.data[0] & 7) == ((asked[0] & 7) == 1 ? 2 : 4));
	check(reply.data[NTP_HEADER_STRATUM] < 16);
	check(is_basic || is_interleaved);
	check(is_kod || bytes_get64be(reply.data + NTP_HEADER_TRANSMIT) != 0);
	if (reply.len > NTP_HEADER_LEN)
		check(ntp_auth_check(run->auth, reply, NTP_HEADER_LEN) ==
		      NTP_AUTH_GOOD);
}

/* REPLY as a question, from the port that it came from or another. */
static void
feed_back(
    const struct run *run, const struct datagram *question, struct span reply)
{
	uint8_t out[QUESTION_MAX];
	struct datagram again = *question;

	again.bytes = reply;
	check(ntp_service
	          .answer(run->ntp, &again, (struct space){out, sizeof(out)})
	          .is_silent);
	check(ntp_service
	          .limited(run->ntp, &again, (struct space){out, sizeof(out)})
	          .is_silent);
}

static void
ask(struct run *run, const struct datagram *question, bool is_limited)
{
	uint8_t out[QUESTION_MAX];
	struct space space = {out, sizeof(out)};
	struct reply reply =
	    is_limited ? ntp_service.limited(run->ntp, question, space)
	               : ntp_service.answer(run->ntp, question, space);
	struct departure departure = {
	    .bytes = {out, reply.len},
	    .peer = question->peer,
	    .mark = reply.mark,
	};

	check(reply.outcome < run->outcome_count ||
	      (is_limited && reply.outcome == OUTCOME_NONE));
	if (reply.is_silent)
		return;
	ntp_service.depart(run->ntp, &departure, 1);
	struct span said = {out, reply.len};

	check_reply(run, question, said);
	if (departure.is_watched)
		ntp_service.sent(
		    run->ntp, &(struct sending){
		                  said, question->peer, 1600000000000000000});
	memcpy(run->cited, out + NTP_HEADER_RECEIVE, sizeof(run->cited));
	feed_back(run, question, said);
}

/* Sends the datagram that RECORD begins, of LEN bytes. */
static void
send_one(struct run *run, const uint8_t *record, size_t len)
{
	uint8_t *question = malloc(len == 0 ? 1 : len);
	struct addr peer = client_of(record[1], bytes_get16be(record + 2));
	unsigned deeds = record[0];

	check(question != NULL);
	memcpy(question, record + RECORD_LEN, len);
	do_deeds(run, deeds, question, len);
	if ((deeds & DEED_LATER) != 0)
		publish(run, record[1]);
	ask(run,
	    &(struct datagram){
	        .bytes = {question, len},
	        .peer = &peer,
	        .local = &peer,
	        .now_ms = run->now_ms,
	    },
	    (deeds & DEED_LIMITED) != 0);
	free(question);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint64_t now_ms;
	struct run run = {.auth = auth_of_keys(), .now_ms = now_ms};

	if (size == 0)
		return 0;
	run.ntp = room_of(data[0] % SETTINGS_COUNT);
	while (ntp_service.outcomes[run.outcome_count] != NULL)
		run.outcome_count++;
	publish(&run, data[0] >> 4);
	for (size_t at = 1; size - at >= RECORD_LEN;) {
		size_t left = size - at - RECORD_LEN;
		size_t len = bytes_get16be(data + at + 4) % (QUESTION_MAX + 1);

		if (len > left)
			len = left;
		send_one(&run, data + at, len);
		at += RECORD_LEN + len;
	}
	now_ms = run.now_ms;
	return 0;
}
