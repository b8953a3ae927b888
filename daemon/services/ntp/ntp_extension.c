/* ntp_extension.c — extension fields and the place of the MAC. */
#include "services/ntp/ntp_extension.h"

#include "core/bytes.h"

/* RFC 7822 §3: a field has 16 bytes or more, and the last one, where no MAC
 * follows, 28, because a MAC has 24 at most (and a crypto-NAK 4). */
enum {
	FIELD_MIN = 16,
	FIELD_LAST_MIN = 28,
	MAC_128 = 20, /* MD5, AES-CMAC */
	MAC_160 = 24, /* SHA-1 */
};

enum ntp_extension_piece
ntp_extension_next(struct span bytes, size_t *len)
{
	*len = bytes.len;
	if (bytes.len == 0)
		return NTP_EXTENSION_END;
	if (bytes.len == NTP_EXTENSION_NAK_LEN || bytes.len == MAC_128 ||
	    bytes.len == MAC_160)
		return NTP_EXTENSION_MAC;
	if (bytes.len < FIELD_LAST_MIN)
		return NTP_EXTENSION_BAD;

	size_t said = bytes_get16be(bytes.data + 2);

	if (said < FIELD_MIN || said % 4 != 0 || said > bytes.len)
		return NTP_EXTENSION_BAD;
	*len = said;
	return NTP_EXTENSION_FIELD;
}

bool
ntp_extension_read(struct span bytes, size_t *mac_len)
{
	size_t len;
	enum ntp_extension_piece piece = ntp_extension_next(bytes, &len);

	while (piece == NTP_EXTENSION_FIELD) {
		bytes.data += len;
		bytes.len -= len;
		piece = ntp_extension_next(bytes, &len);
	}
	if (piece == NTP_EXTENSION_BAD)
		return false;
	*mac_len = bytes.len;
	return true;
}
