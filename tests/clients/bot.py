"""A small bot with discord.py 2.7, against the sandbox. Started by tests/it/sandbox_clients.rs."""

import os

import discord
import yarl
from discord import app_commands

URL = os.environ["SANDBOX_URL"]
discord.http.Route.BASE = f"{URL}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(URL.replace("http", "ws") + "/gateway")


class Why(discord.ui.Modal, title="Why"):
    why = discord.ui.TextInput(label="Why?", custom_id="why", style=discord.TextStyle.paragraph)

    async def on_submit(self, interaction):
        await interaction.response.send_message("kept: " + self.why.value, ephemeral=True)


class Board(discord.ui.View):
    def __init__(self):
        super().__init__(timeout=None)

    @discord.ui.button(label="Start", custom_id="start")
    async def start(self, interaction, _):
        await interaction.response.edit_message(content="started")

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who")
    async def who(self, interaction, select):
        await interaction.response.send_message("chose " + select.values[0].name)


client = discord.Client(intents=discord.Intents(guilds=True, messages=True))
tree = app_commands.CommandTree(client)


@tree.command(description="Ask")
async def ask(interaction, who: str):
    await interaction.response.send_modal(Why())


@ask.autocomplete("who")
async def suggest(_, typed):
    return [app_commands.Choice(name="x" + typed, value="y")]


@tree.command(description="Slow")
async def slow(interaction, person: discord.Member):
    await interaction.response.defer(ephemeral=True)
    await interaction.followup.send("done " + person.name)


@tree.context_menu(name="Give this")
async def give(interaction, message: discord.Message):
    await interaction.response.send_message("given " + message.content)


@client.event
async def on_ready():
    await tree.sync()
    channel = client.get_channel(200)
    nobody = discord.AllowedMentions.none()
    board = await channel.send("board <@1002>", view=Board(), allowed_mentions=nobody, embed=discord.Embed(title="t"))
    await board.pin()
    await (await board.create_thread(name="Talk")).send("hi")
    kind = discord.ChannelType.private_thread
    triad = await channel.create_thread(name="Triad", type=kind, invitable=False)
    person = await client.fetch_user(1002)
    await triad.add_user(person)
    await person.send("psst")
    pins = [message async for message in channel.pins()]
    threads = await channel.guild.active_threads()
    await channel.send(f"ready: {len(pins)} pin, {len(threads)} threads")


@client.event
async def on_message(message):
    if client.user in message.mentions and message.author != client.user:
        await message.channel.send("heard")


client.run(os.environ["SANDBOX_TOKEN"], log_handler=None)
