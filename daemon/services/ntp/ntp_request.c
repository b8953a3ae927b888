/* ntp_request.c — what a datagram is to an NTP server. */
#include "services/ntp/ntp_request.h"

#include "core/bytes.h"
#include "services/ntp/ntp_extension.h"
#include "services/ntp/ntp_stamp.h"

enum {
	/* Up to it, echo, daytime, chargen, time and DNS answer whatever comes,
	 * and no client asks from there (CVE-1999-0103, CVE-2024-2169). */
	PORT_ANSWERING_MAX = 63,
	PORT_NTP = 123,
	VERSION_MAX = 4,
};

/*
 * The mode that REQUEST stands for, RESERVED for one that is not answered.
 * Silence to replies, broadcasts and peers is also what keeps two servers from
 * answering each other for ever.
 */
static enum ntp_header_mode
mode_of(const struct ntp_settings *settings, unsigned version, unsigned mode,
    uint16_t source_port)
{
	if (mode == NTP_HEADER_CLIENT)
		return NTP_HEADER_CLIENT;
	if (mode == NTP_HEADER_ACTIVE && settings->has_symmetric)
		return NTP_HEADER_ACTIVE;
	/* RFC 1059 has no modes: what a packet is, its ports tell. A server's
	 * comes from port 123, and may look the same. */
	if (version == 1 && mode == NTP_HEADER_RESERVED &&
	    source_port != PORT_NTP)
		return NTP_HEADER_CLIENT;
	return NTP_HEADER_RESERVED;
}

static bool
is_version(const struct ntp_settings *settings, unsigned version)
{
	return version == 3 || version == 4 ||
	       (settings->has_legacy && (version == 1 || version == 2));
}

/* What stands behind the header. RFC 1305 and older know no fields: all of it
 * is a MAC. */
static enum ntp_request_kind
read_behind(struct span bytes, struct ntp_request *request)
{
	const struct span behind = {
	    bytes.data + NTP_HEADER_LEN,
	    bytes.len - NTP_HEADER_LEN,
	};
	size_t mac_len = behind.len;

	if (request->version == VERSION_MAX &&
	    !ntp_extension_read(behind, &mac_len))
		return NTP_REQUEST_BAD_EXTENSION;
	if (mac_len == 0)
		return NTP_REQUEST_VALID;
	if (mac_len == NTP_EXTENSION_NAK_LEN)
		return NTP_REQUEST_NAK;
	if (bytes.len > UINT16_MAX)
		return NTP_REQUEST_BAD_LENGTH;
	request->mac_len = (uint16_t)mac_len;
	request->mac_at = (uint16_t)(bytes.len - mac_len);
	request->key_id = bytes_get32be(bytes.data + request->mac_at);
	return NTP_REQUEST_VALID;
}

static void
read_header(const struct ntp_settings *settings, const uint8_t *header,
    struct ntp_request *request)
{
	request->origin = bytes_get64be(header + NTP_HEADER_ORIGIN);
	request->receive = bytes_get64be(header + NTP_HEADER_RECEIVE);
	request->transmit = bytes_get64be(header + NTP_HEADER_TRANSMIT);
	request->mac_len = 0;
	request->poll = (int8_t)header[NTP_HEADER_POLL];
	/* A basic request may well have all three stamps, from a client that
	 * keeps those of the last reply; then its origin is when that left. */
	request->is_interleaved = ntp_stamp_is_receive(request->origin) &&
	                          request->receive != request->transmit &&
	                          request->version == VERSION_MAX &&
	                          request->mode == NTP_HEADER_CLIENT &&
	                          settings->has_interleaved;
}

enum ntp_request_kind
ntp_request_read(const struct ntp_settings *settings, struct span bytes,
    uint16_t source_port, struct ntp_request *request)
{
	if (bytes.len == 0)
		return NTP_REQUEST_BAD_LENGTH;

	unsigned mode = bytes.data[NTP_HEADER_FLAGS] & 7;
	unsigned version = bytes.data[NTP_HEADER_FLAGS] >> 3 & 7;

	/* These two have headers of their own, 8 and 12 bytes. */
	if (mode == NTP_HEADER_CONTROL)
		return NTP_REQUEST_CONTROL;
	if (mode == NTP_HEADER_PRIVATE)
		return NTP_REQUEST_PRIVATE;
	if (bytes.len < NTP_HEADER_LEN || bytes.len % 4 != 0)
		return NTP_REQUEST_BAD_LENGTH;
	if (!is_version(settings, version))
		return NTP_REQUEST_BAD_VERSION;
	if (source_port <= PORT_ANSWERING_MAX)
		return NTP_REQUEST_BAD_PORT;
	request->version = (uint8_t)version;
	request->mode = (uint8_t)mode_of(settings, version, mode, source_port);
	if (request->mode == NTP_HEADER_RESERVED)
		return NTP_REQUEST_BAD_MODE;
	read_header(settings, bytes.data, request);
	if (bytes.len == NTP_HEADER_LEN)
		return NTP_REQUEST_VALID;
	return read_behind(bytes, request);
}
