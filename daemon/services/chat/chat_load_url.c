/* chat_load_url.c — "mqtt://host:port" taken apart. */
#include "services/chat/chat_load_url.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* As IANA has registered them. */
	PORT_MQTT = 1883,
	PORT_MQTTS = 8883,
	NAME_MAX_LEN = 253, /* RFC 1035 §2.3.4, as text */
};

static const char form[] =
    "is \"mqtt://HOST\" or \"mqtts://HOST\", with \":PORT\" behind it if that "
    "is another, and IPv6 addresses in brackets";

/* Where the host begins. */
static const char *
read_scheme(const char *text, struct chat_broker *broker)
{
	static const char plain[] = "mqtt://", tls[] = "mqtts://";

	broker->is_tls = strncmp(text, tls, sizeof(tls) - 1) == 0;
	broker->port = broker->is_tls ? PORT_MQTTS : PORT_MQTT;
	if (broker->is_tls)
		return text + sizeof(tls) - 1;
	return strncmp(text, plain, sizeof(plain) - 1) == 0
	           ? text + sizeof(plain) - 1
	           : NULL;
}

/* ":PORT", or nothing. */
static bool
read_port(const char *text, struct chat_broker *broker)
{
	size_t len = strlen(text);
	unsigned long port;

	if (len == 0)
		return true;
	if (text[0] != ':' || len < 2 || len > 6 ||
	    strspn(text + 1, "0123456789") != len - 1)
		return false;
	port = strtoul(text + 1, NULL, 10);
	broker->port = (uint16_t)port;
	return port >= 1 && port <= UINT16_MAX;
}

/* RFC 1123 §2.1, and '_', which some labs have. */
static bool
is_name(const char *name)
{
	for (const char *p = name; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && strchr("-_.", *p) == NULL)
			return false;
	return *name != '\0' && *name != '-' && *name != '.';
}

static const char *
check_host(struct chat_broker *broker, bool is_bracketed)
{
	uint8_t address[sizeof(struct in6_addr)];

	if (is_bracketed) {
		broker->is_address = true;
		return inet_pton(AF_INET6, broker->host, address) == 1
		           ? NULL
		           : "has no IPv6 address in its brackets";
	}
	broker->is_address = inet_pton(AF_INET, broker->host, address) == 1;
	if (broker->is_address || is_name(broker->host))
		return NULL;
	return "has something else than a name or an address of a host behind "
	       "its \"//\"";
}

const char *
chat_load_url(const char *text, struct chat_broker *broker)
{
	const char *host = read_scheme(text, broker), *end;
	bool is_bracketed;

	if (host == NULL)
		return form;
	is_bracketed = *host == '[';
	host += is_bracketed;
	end = is_bracketed ? strchr(host, ']') : strchr(host, ':');
	if (end == NULL && is_bracketed)
		return form;
	if (end == NULL)
		end = host + strlen(host);
	if (end - host > NAME_MAX_LEN)
		return "has a name of a host that is too long";
	memcpy(broker->host, host, (size_t)(end - host));
	broker->host[end - host] = '\0';
	if (!read_port(end + is_bracketed, broker))
		return form;
	return check_host(broker, is_bracketed);
}
