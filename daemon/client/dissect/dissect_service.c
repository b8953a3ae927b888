/* dissect_service.c — what UDP and TCP carry. */
#include "client/dissect/dissect_service.h"

#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_dns.h"
#include "client/dissect/dissect_http.h"
#include "client/dissect/dissect_ntp.h"
#include "client/dissect/dissect_small.h"
#include "core/bytes.h"

enum {
	DNS_HEADER_LEN = 12, /* RFC 1035 §4.1.1 */
	DNS_LENGTH_LEN = 2,  /* RFC 1035 §4.2.2 */
	TIME_LEN = 4,        /* RFC 868 */
	LINE_MAX = 8192,     /* of an HTTP request, that is looked at */
};

/* How the bytes of a service are read. */
enum kind {
	KIND_TEXT,
	KIND_TIME,
	KIND_DNS,
	KIND_HTTP,
	KIND_NTP,
	KIND_NONE, /* a name alone */
};

/* The second port is that of etc/demo.conf. */
static const struct port {
	uint16_t port, demo;
	enum kind kind;
	const char *name;
} ports[] = {
    {7, 10007, KIND_TEXT, "echo"},
    {9, 10009, KIND_TEXT, "discard"},
    {13, 10013, KIND_TEXT, "daytime"},
    {17, 10017, KIND_TEXT, "qotd"},
    {19, 10019, KIND_TEXT, "chargen"},
    {22, 0, KIND_NONE, "ssh"},
    {37, 10037, KIND_TIME, "time"},
    {53, 10053, KIND_DNS, "DNS"},
    {67, 0, KIND_NONE, "DHCP server"},
    {68, 0, KIND_NONE, "DHCP client"},
    {80, 10080, KIND_HTTP, "HTTP"},
    {123, 10123, KIND_NTP, "NTP"},
    {443, 0, KIND_NONE, "HTTPS"},
    {1883, 0, KIND_NONE, "MQTT"},
    {5353, 0, KIND_DNS, "multicast DNS"},
    {5355, 0, KIND_DNS, "LLMNR"},
    {8080, 0, KIND_HTTP, "HTTP"},
    {9000, 0, KIND_TEXT, "hello"},
    {12000, 0, KIND_TEXT, "upper"},
    {31621, 0, KIND_TEXT, "chat"},
    {31622, 0, KIND_TEXT, "chat between two"},
};

static const struct port *
find(uint16_t port)
{
	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		if (port != 0 &&
		    (ports[i].port == port || ports[i].demo == port))
			return &ports[i];
	return NULL;
}

void
dissect_service_port(
    struct dissect *dissect, size_t at, const char *name, const char *rfc)
{
	uint16_t number = bytes_get16be(dissect->bytes.data + at);
	const struct port *port = find(number);

	dissect_field(
	    dissect, STYLE_TYPE, at, 2, name, rfc, "%u", (unsigned)number);
	if (port != NULL)
		dissect_means(dissect, "%s", port->name);
}

/* A request or a response begins here: its first line has the version at its
 * end or at its beginning, unlike a segment in the middle of content. */
static bool
is_http(struct span bytes)
{
	static const char version[] = " HTTP/1.x";
	enum {
		VERSION_LEN = sizeof(version) - 1,
		PREFIX_LEN = VERSION_LEN - 1
	};
	size_t len = bytes.len < LINE_MAX ? bytes.len : LINE_MAX;
	const uint8_t *end = len == 0 ? NULL : memchr(bytes.data, '\n', len);

	if (len >= PREFIX_LEN &&
	    memcmp(bytes.data, version + 1, PREFIX_LEN - 1) == 0)
		return true;
	if (end == NULL)
		return false;
	len = (size_t)(end - bytes.data);
	if (len > 0 && bytes.data[len - 1] == '\r')
		len--;
	return len > VERSION_LEN &&
	       memcmp(bytes.data + len - VERSION_LEN, version, PREFIX_LEN) == 0;
}

/* Where the last whole message ends of those at AT, each behind its length;
 * AT: not one is whole, or this is the middle of one. */
static size_t
whole_messages(const struct dissect *dissect, size_t at, size_t end)
{
	while (end - at >= DNS_LENGTH_LEN + DNS_HEADER_LEN) {
		size_t len = bytes_get16be(dissect->bytes.data + at);

		if (len < DNS_HEADER_LEN || len > end - at - DNS_LENGTH_LEN)
			break;
		at += DNS_LENGTH_LEN + len;
	}
	return at;
}

static void
dns(struct dissect *dissect, const struct dissect_service *service, size_t at,
    size_t end)
{
	if (service->transport == TRANSPORT_UDP) {
		dissect_dns(dissect, at, end);
		return;
	}
	size_t last = whole_messages(dissect, at, end);

	if (last > at)
		dissect_dns_tcp(dissect, at, last);
	dissect_data(dissect, last, end, "Part of a message");
}

/* Text says less of itself than its port does. */
static void
text(struct dissect *dissect, const struct port *port, size_t at, size_t end)
{
	dissect_small_text(dissect, at, end);
	dissect->protocol = port->name;
}

static void
by_kind(struct dissect *dissect, const struct dissect_service *service,
    const struct port *port, bool is_answer, size_t at, size_t end)
{
	enum kind kind = port->kind;

	if (kind == KIND_NTP && service->transport == TRANSPORT_UDP)
		dissect_ntp(dissect, at, end);
	else if (kind == KIND_DNS)
		dns(dissect, service, at, end);
	else if (kind == KIND_TIME && is_answer && end - at == TIME_LEN)
		dissect_small_time(dissect, at, end);
	else if (kind == KIND_TEXT)
		text(dissect, port, at, end);
	else
		dissect_data(dissect, at, end, "Data");
}

void
dissect_service(struct dissect *dissect, const struct dissect_service *service,
    size_t at, size_t end)
{
	const struct port *port = find(service->to);
	bool is_answer = port == NULL || port->kind == KIND_NONE;

	if (at == end)
		return;
	if (is_answer)
		port = find(service->from);
	if (service->transport == TRANSPORT_TCP &&
	    is_http((struct span){dissect->bytes.data + at, end - at}))
		dissect_http(dissect, at, end);
	else if (!service->is_whole || port == NULL)
		dissect_data(dissect, at, end, "Data");
	else
		by_kind(dissect, service, port, is_answer, at, end);
}
