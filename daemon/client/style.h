/* style.h — what a field is to the eye. Of dissections, and of all that is
 * printed; what each looks like is screen.c's. */
#ifndef NETLAB_CLIENT_STYLE_H
#define NETLAB_CLIENT_STYLE_H

enum style {
	STYLE_PLAIN,
	STYLE_ID, /* what tells messages apart: ids, sequence numbers */
	STYLE_FLAGS,
	STYLE_COUNT,   /* counts, and small numbers as stratum and poll */
	STYLE_NAME,    /* names of hosts, fields of HTTP */
	STYLE_TYPE,    /* types, classes, ports, protocols, methods */
	STYLE_TTL,     /* times: TTL, delays, timestamps */
	STYLE_LENGTH,  /* lengths and checksums */
	STYLE_DATA,    /* what it is all about */
	STYLE_POINTER, /* of DNS names; other references */
	STYLE_BAD,     /* what could not be read */
	STYLE_TITLE,   /* of a layer, of a message */
	STYLE_NOTE,    /* explanations, line drawings */
	STYLE_COUNT_OF,
};

#endif
