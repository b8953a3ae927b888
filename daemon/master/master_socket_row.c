/* master_socket_row.c — a line of /proc/net/tcp, tcp6, udp or udp6. */
#include "master/master_socket_row.h"

#include <string.h>

enum {
	STATE_LISTEN = 10, /* TCP_LISTEN of the kernel's net/tcp_states.h */
	/* The line's columns: "sl local remote st queues timer retransmits uid
	 * timeout inode". */
	COLUMN_LOCAL = 1,
	COLUMN_STATE = 3,
	COLUMN_UID = 7,
	COLUMN_INODE = 9,
	COLUMN_COUNT,
	WORD_DIGITS = 8,
	PORT_DIGITS = 4,
};

struct column {
	const char *text;
	size_t len;
};

/* false: LINE has fewer columns. */
static bool
split(const char *line, struct column columns[COLUMN_COUNT])
{
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		line += strspn(line, " ");
		columns[i] = (struct column){line, strcspn(line, " \n")};
		if (columns[i].len == 0)
			return false;
		line += columns[i].len;
	}
	return true;
}

static unsigned
digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	return 16;
}

/* All LEN digits of BASE at TEXT; false: something else, or beyond MAX. */
static bool
number(const char *text, size_t len, unsigned base, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned digit = digit_of(text[i]);

		if (digit >= base || value > (max - digit) / base)
			return false;
		value = value * base + digit;
	}
	*out = value;
	return len > 0;
}

/* COUNT words of eight digits each at TEXT: the kernel prints the address's
 * bytes as words of this machine. */
static bool
words(const char *text, size_t count, void *out)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t value;

		if (!number(text + i * WORD_DIGITS, WORD_DIGITS, 16, UINT32_MAX,
		        &value))
			return false;
		const uint32_t word = (uint32_t)value;

		memcpy((char *)out + i * sizeof(word), &word, sizeof(word));
	}
	return true;
}

/* "0100007F:0035", or the same with 32 digits. */
static bool
address(const struct column *column, struct addr *addr)
{
	const char *colon = memchr(column->text, ':', column->len);
	uint64_t port;

	if (colon == NULL)
		return false;
	size_t digits = (size_t)(colon - column->text);

	if (column->len - digits != 1 + PORT_DIGITS ||
	    !number(colon + 1, PORT_DIGITS, 16, UINT16_MAX, &port))
		return false;
	*addr = (struct addr){0};
	if (digits == WORD_DIGITS) {
		addr->in4.sin_family = AF_INET;
		addr->in4.sin_port = htons((uint16_t)port);
		addr->len = sizeof(addr->in4);
		return words(column->text, 1, &addr->in4.sin_addr);
	}
	if (digits != WORD_DIGITS * 4)
		return false;
	addr->in6.sin6_family = AF_INET6;
	addr->in6.sin6_port = htons((uint16_t)port);
	addr->len = sizeof(addr->in6);
	return words(column->text, 4, &addr->in6.sin6_addr);
}

bool
master_socket_row_parse(const char *line, struct master_socket_row *row)
{
	struct column columns[COLUMN_COUNT];
	uint64_t state, uid;

	if (!split(line, columns) ||
	    !address(&columns[COLUMN_LOCAL], &row->local) ||
	    !number(columns[COLUMN_STATE].text, columns[COLUMN_STATE].len, 16,
	        UINT8_MAX, &state) ||
	    !number(columns[COLUMN_UID].text, columns[COLUMN_UID].len, 10,
	        UINT32_MAX, &uid) ||
	    !number(columns[COLUMN_INODE].text, columns[COLUMN_INODE].len, 10,
	        UINT64_MAX, &row->inode))
		return false;
	row->is_listening = state == STATE_LISTEN;
	row->uid = (uid_t)uid;
	return true;
}

/* ADDR is of IPv4: whether an IPv6 socket takes what is sent there. */
static bool
is_for_ipv4(const struct addr *local, const struct addr *addr)
{
	const struct in6_addr *mapped = &local->in6.sin6_addr;

	if (addr->any.sa_family != AF_INET)
		return false;
	if (addr_is_wildcard(local))
		return true;
	return IN6_IS_ADDR_V4MAPPED(mapped) &&
	       (addr_is_wildcard(addr) ||
	           memcmp(mapped->s6_addr + 12, &addr->in4.sin_addr,
	               sizeof(addr->in4.sin_addr)) == 0);
}

static bool
is_in_way(const struct addr *local, const struct addr *addr)
{
	if (addr_port(local) != addr_port(addr))
		return false;
	if (local->any.sa_family == addr->any.sa_family)
		/* An IPv6 address's scope is not in its line. */
		return addr_is_wildcard(local) || addr_is_wildcard(addr) ||
		       (addr->any.sa_family == AF_INET
		               ? addr_is_equal(local, addr)
		               : IN6_ARE_ADDR_EQUAL(&local->in6.sin6_addr,
		                     &addr->in6.sin6_addr));
	return local->any.sa_family == AF_INET6 && is_for_ipv4(local, addr);
}

unsigned
master_socket_row_rank(
    const struct master_socket_row *row, const struct addr *addr)
{
	if (row->inode == 0 || !is_in_way(&row->local, addr))
		return 0;
	unsigned rank = 1;

	if (row->local.any.sa_family == addr->any.sa_family)
		rank += 1;
	if (row->is_listening)
		rank += 2;
	return rank;
}
