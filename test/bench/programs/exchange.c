/* The same exchange by libzmq itself: a REQ and a REP in one process over tcp loopback. A line with a number of ms in, a line with count and ms out.

   It declares the few functions that it calls, whose binary interface has stood since libzmq 3, so that it needs the library but not its headers. */
#include <stddef.h>
#include <stdio.h>
#include <time.h>

void *zmq_ctx_new(void);
void *zmq_socket(void *context, int type);
int zmq_bind(void *socket, const char *endpoint);
int zmq_connect(void *socket, const char *endpoint);
int zmq_getsockopt(void *socket, int option, void *value, size_t *size);
int zmq_send(void *socket, const void *bytes, size_t size, int flags);
int zmq_recv(void *socket, void *bytes, size_t size, int flags);

enum { REQ = 3, REP = 4, LAST_ENDPOINT = 32 };

static double now_ms(void) {
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

int main(void) {
	void *context = zmq_ctx_new();
	void *server = zmq_socket(context, REP);
	void *client = zmq_socket(context, REQ);
	char endpoint[64];
	size_t size = sizeof endpoint;
	if (zmq_bind(server, "tcp://127.0.0.1:*") != 0 || zmq_getsockopt(server, LAST_ENDPOINT, endpoint, &size) != 0 || zmq_connect(client, endpoint) != 0) {
		return 1;
	}

	double length;
	while (scanf("%lf", &length) == 1) {
		char bytes[16];
		double start = now_ms();
		long count = 0;
		while (now_ms() - start < length) {
			zmq_send(client, "Hello", 5, 0);
			zmq_recv(server, bytes, sizeof bytes, 0);
			zmq_send(server, "World", 5, 0);
			zmq_recv(client, bytes, sizeof bytes, 0);
			count++;
		}

		printf("%ld %f\n", count, now_ms() - start);
		fflush(stdout);
	}

	return 0;
}
