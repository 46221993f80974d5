"""How do requests of many clients, also of slow and hostile ones, reach the app? HTTP/1.1 over asyncio."""
