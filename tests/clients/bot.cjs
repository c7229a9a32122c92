// A small bot with discord.js 14, against the sandbox. Started by tests/it/sandbox_clients.rs.

const {
  ActionRowBuilder, ButtonBuilder, ChannelType, Client, EmbedBuilder, ModalBuilder, TextInputBuilder, UserSelectMenuBuilder,
} = require('discord.js');

const client = new Client({ intents: 1 | 512, rest: { api: `${process.env.SANDBOX_URL}/api` } });
const row = (...parts) => new ActionRowBuilder().addComponents(...parts);

client.once('clientReady', async () => {
  await client.application.commands.set([
    { name: 'ask', description: 'Ask', options: [{ type: 3, name: 'who', description: 'Who', required: true, autocomplete: true }] },
    { name: 'slow', description: 'Slow', options: [{ type: 6, name: 'person', description: 'Person', required: true }] },
    { name: 'Give this', type: 3 },
  ]);
  const channel = await client.channels.fetch('200');
  const board = await channel.send({
    content: 'board <@1002>', allowedMentions: { parse: [] }, embeds: [new EmbedBuilder().setTitle('t')],
    components: [row(new ButtonBuilder().setCustomId('start').setLabel('Start').setStyle(1)), row(new UserSelectMenuBuilder().setCustomId('who'))],
  });
  await board.pin();
  await (await board.startThread({ name: 'Talk' })).send('hi');
  const triad = await channel.threads.create({ name: 'Triad', type: ChannelType.PrivateThread, invitable: false });
  await triad.members.add('1002');
  await (await client.users.fetch('1002')).send('psst');
  const pins = await channel.messages.fetchPins();
  const active = await channel.threads.fetchActive();
  await channel.send(`ready: ${pins.items.length} pin, ${active.threads.size} threads`);
});

client.on('messageCreate', async (message) => {
  if (message.mentions.has(client.user) && message.author.id !== client.user.id) await message.channel.send('heard');
});

client.on('interactionCreate', async (it) => {
  if (it.isAutocomplete()) return it.respond([{ name: `x${it.options.getFocused()}`, value: 'y' }]);
  if (it.isMessageContextMenuCommand()) return it.reply(`given ${it.targetMessage.content}`);
  if (it.isButton()) return it.update('started');
  if (it.isUserSelectMenu()) return it.reply(`chose ${it.users.first().username}`);
  if (it.isModalSubmit()) return it.reply({ content: `kept: ${it.fields.getTextInputValue('why')}`, flags: 64, withResponse: true });
  if (it.commandName === 'ask') {
    const why = new TextInputBuilder().setCustomId('why').setLabel('Why?').setStyle(2);
    return it.showModal(new ModalBuilder().setCustomId('m').setTitle('Why').addComponents(row(why)));
  }
  await it.deferReply({ flags: 64 });
  return it.editReply(`done ${it.options.getUser('person').username}`);
});

client.login(process.env.SANDBOX_TOKEN);
