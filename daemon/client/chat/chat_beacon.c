/* chat_beacon.c — what netlabs say to find one another on a network. */
#include "client/chat/chat_beacon.h"

#include "core/span.h"

#include <stdio.h>
#include <string.h>

static const char head[] = "netlab-chat 1 ";

/* What follows it; the id, a blank, the port and the name are not in it. */
enum { ID_LEN = 8, PORT_LEN_MAX = 5 };

size_t
chat_beacon_write(
    const struct chat_beacon *beacon, uint8_t out[CHAT_BEACON_MAX])
{
	char text[CHAT_BEACON_MAX + 1];
	int len;

	if (beacon->kind == CHAT_BEACON_QUESTION)
		len = snprintf(text, sizeof(text), "%s%-*s\n", head,
		    (int)(CHAT_BEACON_MAX - sizeof(head)), "?");
	else
		len = snprintf(text, sizeof(text), "%s%c %08x %s %u %.*s\n",
		    head, beacon->kind == CHAT_BEACON_HERE ? '+' : '-',
		    beacon->id,
		    beacon->transport == TRANSPORT_TCP ? "tcp" : "udp",
		    beacon->port, (int)beacon->name_len,
		    (const char *)beacon->name);
	memcpy(out, text, (size_t)len);
	return (size_t)len;
}

/* Takes TEXT off the front of BYTES. */
static bool
take(struct span *bytes, const char *text)
{
	size_t len = strlen(text);

	if (bytes->len < len || memcmp(bytes->data, text, len) != 0)
		return false;
	bytes->data += len;
	bytes->len -= len;
	return true;
}

/* Takes LEAST … MOST digits of BASE, in lower case, off BYTES. */
static bool
take_number(struct span *bytes, unsigned base, size_t least, size_t most,
    uint32_t *number)
{
	static const char digits[] = "0123456789abcdef";
	size_t len = 0;

	*number = 0;
	while (len < most && len < bytes->len) {
		const char *digit = memchr(digits, bytes->data[len], base);

		if (digit == NULL)
			break;
		*number = *number * base + (uint32_t)(digit - digits);
		len++;
	}
	bytes->data += len;
	bytes->len -= len;
	return len >= least;
}

/* The rest of a question: blanks. */
static bool
is_blank(struct span rest)
{
	for (size_t i = 0; i < rest.len; i++)
		if (rest.data[i] != ' ')
			return false;
	return true;
}

static bool
read_listener(struct span bytes, struct chat_beacon *beacon)
{
	uint32_t port;

	if (!take_number(&bytes, 16, ID_LEN, ID_LEN, &beacon->id))
		return false;
	if (take(&bytes, " tcp "))
		beacon->transport = TRANSPORT_TCP;
	else if (take(&bytes, " udp "))
		beacon->transport = TRANSPORT_UDP;
	else
		return false;
	if (bytes.len == 0 || bytes.data[0] == '0' ||
	    !take_number(&bytes, 10, 1, PORT_LEN_MAX, &port) || port > 65535 ||
	    !take(&bytes, " ") || !chat_name_is_good(bytes))
		return false;
	beacon->port = (uint16_t)port;
	memcpy(beacon->name, bytes.data, bytes.len);
	beacon->name_len = bytes.len;
	return true;
}

bool
chat_beacon_read(struct span bytes, struct chat_beacon *beacon)
{
	size_t len = bytes.len;

	*beacon = (struct chat_beacon){.kind = CHAT_BEACON_QUESTION};
	if (len == 0 || len > CHAT_BEACON_MAX || bytes.data[len - 1] != '\n')
		return false;
	bytes.len--;
	if (!take(&bytes, head))
		return false;
	if (take(&bytes, "?"))
		return len == CHAT_BEACON_MAX && is_blank(bytes);
	if (take(&bytes, "+ "))
		beacon->kind = CHAT_BEACON_HERE;
	else if (take(&bytes, "- "))
		beacon->kind = CHAT_BEACON_GONE;
	else
		return false;
	return read_listener(bytes, beacon);
}
