/* chat_peer_join.c — who of those that send datagrams joins the chat. */
#include "services/chat/chat_peer_join.h"

#include "services/chat/chat_command.h"
#include "services/chat/chat_cookie.h"
#include "services/chat/chat_peer_say.h"
#include "services/chat/chat_peer_tell.h"

#include <string.h>

/* The last part of the table is for those that have proved their address: who
 * forges many near ones does not lock them out. */
enum { PROVED_PART = 4 };

/* What names nobody: lines of a chat, which are to get no answer, or two chats
 * would talk for ever; and commands or the last words of one whom we do not
 * know any more. NAME: what is left behind "/nick". */
static bool
is_strange(struct span text, struct span *name)
{
	static const char *const words[] = {"* ", "! ", "-> ", "<"};
	struct span left = text, line = chat_peer_say_line(&left);
	struct chat_command command = chat_command_read(line);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i]);

		if (line.len >= len && memcmp(line.data, words[i], len) == 0)
			return true;
	}
	*name = text;
	if (command.kind == CHAT_COMMAND_NICK) {
		name->data = command.word.data;
		name->len -= (size_t)(command.word.data - text.data);
	}
	return command.kind != CHAT_COMMAND_NICK &&
	       command.kind != CHAT_COMMAND_SAY;
}

static struct reply
silence(enum chat_peer_outcome outcome)
{
	return (struct reply){.is_silent = true, .outcome = outcome};
}

/* Tells a stranger LINE, if a reply may be so long. */
static struct reply
reply_line(enum chat_peer_outcome outcome, const struct datagram *datagram,
    struct span line, struct space out)
{
	if (line.len > out.cap || line.len > datagram->reply_max)
		return silence(outcome);
	memcpy(out.data, line.data, line.len);
	return (struct reply){.len = line.len, .outcome = outcome};
}

static struct reply
challenge(
    struct chat_peers *peers, const struct datagram *datagram, struct space out)
{
	if (out.cap > datagram->reply_max)
		out.cap = datagram->reply_max;
	size_t len = chat_cookie_challenge(
	    peers->setup.key, datagram->peer, datagram->now_ms, out);

	return (struct reply){
	    .len = len, .is_silent = len == 0, .outcome = CHAT_PEER_CHALLENGED};
}

/* Whether the sender's address may be forged: it is in none of our networks
 * (replies may be no longer than what came), or so many near ones have joined
 * that forging may be why. */
static bool
has_to_prove(const struct chat_peers *peers, const struct datagram *datagram,
    bool is_exempt)
{
	const struct chat_peer_table *table = &peers->table;

	return datagram->reply_max < CHAT_PEER_DATAGRAM_MAX ||
	       (table->count >= table->max - table->max / PROVED_PART &&
	           !is_exempt);
}

/* PEER's first datagram says TEXT: its name, perhaps more behind it. */
static enum chat_peer_outcome
join(struct chat_peers *peers, struct chat_peer *peer, struct span text,
    const struct datagram *datagram)
{
	const struct chat_settings *settings = peers->setup.settings;
	enum chat_hub_fate fate;

	if (text.len == 0)
		text = span_of("guest");
	fate = chat_peer_say(peers, peer, text, datagram->now_ms);
	if (fate == CHAT_HUB_FLOODED) {
		chat_peer_keep_out(peers, peer);
		return CHAT_PEER_FLOODED;
	}
	if (fate != CHAT_HUB_STAYS || peer->person.room == NULL) {
		chat_peer_let_go(peers, peer, (struct span){0});
		return fate == CHAT_HUB_STAYS ? CHAT_PEER_REFUSED
		                              : chat_peer_say_outcome(fate);
	}
	/* The lectures' client takes what comes first for the other's name. */
	if (memchr(datagram->bytes.data, '\n', datagram->bytes.len) == NULL)
		chat_peer_tell_bytes(peers, peer,
		    (struct span){settings->name, settings->name_len});
	chat_peer_tell(peers, peer);
	return CHAT_PEER_JOINED;
}

/* One who has proved whatever was asked wants to join with TEXT. */
static struct reply
admit(struct chat_peers *peers, struct span text,
    const struct datagram *datagram, bool is_exempt, struct space out)
{
	const uint32_t host_max = peers->setup.host_max;
	struct chat_peer *peer;

	if (host_max > 0 && !is_exempt &&
	    chat_peer_table_at(&peers->table, datagram->peer) >= host_max)
		return reply_line(CHAT_PEER_REFUSED, datagram,
		    span_of("! too many from your address\n"), out);
	peer = chat_peer_table_add(
	    &peers->table, datagram->peer, datagram->local, datagram->now_ms);
	if (peer == NULL)
		return reply_line(CHAT_PEER_REFUSED, datagram,
		    span_of("! the chat is full\n"), out);
	peer->person.is_exempt = is_exempt;
	return silence(join(peers, peer, text, datagram));
}

struct reply
chat_peer_join(struct chat_peers *peers, const struct datagram *datagram,
    bool is_exempt, struct space out)
{
	struct span text = chat_peer_say_text(datagram->bytes);
	enum chat_cookie_verdict cookie;

	if (text.len == 0)
		return silence(CHAT_PEER_EMPTY);
	if (text.len > CHAT_PEER_MESSAGE_MAX)
		return reply_line(
		    CHAT_PEER_TOO_LONG, datagram, span_of("! too long\n"), out);
	cookie = chat_cookie_read(
	    peers->setup.key, datagram->peer, datagram->now_ms, text, &text);
	if (cookie == CHAT_COOKIE_NONE && is_strange(text, &text))
		return silence(CHAT_PEER_STRANGE);
	if (cookie != CHAT_COOKIE_GOOD &&
	    has_to_prove(peers, datagram, is_exempt))
		return challenge(peers, datagram, out);
	return admit(peers, text, datagram, is_exempt, out);
}
