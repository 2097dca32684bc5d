# RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t
# RUN: not %looplint check . \
# RUN:   | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# What a sync client blocks on in a coroutine, beside the async client's same calls.

#--- aws_app.py
import asyncio

import aioboto3
import aiobotocore.session
import boto3


async def bad():
    s3 = boto3.client("s3")
    s3.get_object(Bucket="a", Key="b")
    # CHECK: {{^}}aws_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    table = boto3.resource("dynamodb").Table("a")
    table.put_item(Item={})
    # CHECK: {{^}}aws_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    session = boto3.Session()
    session.client("sqs").send_message(QueueUrl="a")
    # CHECK: {{^}}aws_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    s3.upload_file("a", "b", "c")
    # CHECK: {{^}}aws_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket="a"):
    # CHECK: {{^}}aws_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        print(page)
    await asyncio.to_thread(s3.get_object, Bucket="a", Key="b")


async def right():
    session = aioboto3.Session()
    async with session.client("s3") as s3:
        await s3.get_object(Bucket="a", Key="b")
        s3.put_object(Bucket="a", Key="b")
        # CHECK: {{^}}aws_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    async with aiobotocore.session.get_session().create_client("s3") as client:
        await client.get_object(Bucket="a", Key="b")
        client.put_object(Bucket="a", Key="b")
        # CHECK: {{^}}aws_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]


asyncio.run(bad())
asyncio.run(right())

#--- http_app.py
import asyncio
import urllib.request

import aiohttp
import httpx
import requests
import urllib3


async def bad():
    requests.get("http://a")
    # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    with requests.Session() as session:
        session.post("http://a")
        # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    httpx.get("http://a")
    # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    with httpx.Client() as client:
        client.get("http://a")
        # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        with client.stream("GET", "http://a") as r:
        # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
            r.read()
    urllib3.PoolManager().request("GET", "http://a")
    # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    urllib.request.urlopen("http://a")
    # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    urllib3.request("GET", "http://a")
    # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await asyncio.to_thread(requests.get, "http://a")


async def right():
    async with httpx.AsyncClient() as client:
        await client.get("http://a")
        client.post("http://a")
        # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    async with aiohttp.ClientSession() as session:
        async with session.get("http://a") as response:
            await response.json()
            response.text()
            # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
        session.close()
        # CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]


client = aiohttp.ClientSession()
# CHECK: {{^}}http_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP103]
asyncio.run(bad())
asyncio.run(right())

#--- langchain_app.py
import asyncio

from langchain_community.vectorstores import FAISS
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableParallel, RunnablePassthrough
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

prompt = ChatPromptTemplate.from_template("a {x}")
model = ChatOpenAI()
chain = prompt | model | StrOutputParser()
other = {"context": RunnablePassthrough(), "x": RunnablePassthrough()} | prompt | model
lookup = RunnableParallel(a=RunnablePassthrough())


async def bad():
    model.invoke("a")
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    chain.invoke({"x": 1})
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    other.invoke("a")
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    lookup.batch(["a"])
    for part in chain.stream({"x": 1}):
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
        print(part)
    model.bind(stop=["a"]).invoke("a")
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    model.with_structured_output(dict).invoke("a")
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    (prompt | model).with_retry().invoke({"x": 1})
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    store = FAISS.from_texts(["a"], OpenAIEmbeddings())
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    store.similarity_search("a")
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    await asyncio.to_thread(chain.invoke, {"x": 1})


async def right():
    await chain.ainvoke({"x": 1})
    chain.ainvoke({"x": 1})
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    async for part in chain.astream({"x": 1}):
        print(part)
    await model.abatch(["a"])


def local_chain():
    local = prompt | model.with_config(tags=["a"])
    return local


async def through_function():
    local_chain().invoke({"x": 1})
    # CHECK: {{^}}langchain_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP802]
    await local_chain().ainvoke({"x": 1})


asyncio.run(bad())
asyncio.run(right())
asyncio.run(through_function())

#--- openai_app.py
import asyncio

import openai
from openai import AsyncOpenAI, OpenAI

client = OpenAI()
async_client = AsyncOpenAI()


async def bad():
    client.chat.completions.create(model="a", messages=[])
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    client.embeddings.create(model="a", input="a")
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    client.responses.create(model="a", input="a")
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    client.images.generate(prompt="a")
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    for chunk in client.chat.completions.create(model="a", messages=[], stream=True):
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
        print(chunk)
    openai.chat.completions.create(model="a", messages=[])
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    client.beta.threads.create()
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    client.copy().chat.completions.with_raw_response.create(model="a", messages=[])
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await asyncio.to_thread(client.chat.completions.create, model="a", messages=[])


async def right():
    await async_client.chat.completions.create(model="a", messages=[])
    await async_client.chat.completions.with_raw_response.create(model="a", messages=[])
    async_client.chat.completions.with_raw_response.create(model="a", messages=[])
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    async_client.chat.completions.create(model="a", messages=[])
    # CHECK: {{^}}openai_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    async for chunk in await async_client.chat.completions.create(model="a", messages=[], stream=True):
        print(chunk)
    async with client_stream() as stream:
        print(stream)


def client_stream():
    return async_client.chat.completions.stream(model="a", messages=[])


asyncio.run(bad())
asyncio.run(right())

#--- playwright_app.py
import asyncio

from playwright.async_api import async_playwright
from playwright.sync_api import sync_playwright


async def bad():
    with sync_playwright() as p:
    # CHECK: {{^}}playwright_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP201]
        p.chromium.launch()


async def right():
    async with async_playwright() as p:
        browser = await p.chromium.launch()
        page = await browser.new_page()
        await page.goto("http://a")
        page.click("a")
        # CHECK: {{^}}playwright_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
        page.locator("a").fill("b")
        # CHECK: {{^}}playwright_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
        await page.locator("a").click()
        browser.close()
        # CHECK: {{^}}playwright_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]


def sync_side():
    with sync_playwright() as p:
        browser = p.chromium.launch()
        browser.new_page().goto("http://a")


asyncio.run(bad())
asyncio.run(right())
sync_side()

#--- web3_app.py
import asyncio

from web3 import AsyncHTTPProvider, AsyncWeb3, HTTPProvider, Web3


async def watch():
    w3 = Web3(Web3.HTTPProvider("http://a"))
    w3.eth.get_block("latest")
    # CHECK: {{^}}web3_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    print(w3.eth.block_number)
    # CHECK: {{^}}web3_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    w3.eth.wait_for_transaction_receipt("0x")
    # CHECK: {{^}}web3_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    contract = w3.eth.contract(address="0x", abi=[])
    contract.functions.balanceOf("0x").call()
    # CHECK: {{^}}web3_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP601]
    await asyncio.to_thread(w3.eth.get_block, "latest")


async def right():
    w3 = AsyncWeb3(AsyncHTTPProvider("http://a"))
    await w3.eth.get_block("latest")
    w3.eth.get_block("latest")
    # CHECK: {{^}}web3_app.py:[[#@LINE-1]]:{{[0-9]+}}: {{.*}} [LOOP701]
    await w3.eth.block_number
    contract = w3.eth.contract(address="0x", abi=[])
    await contract.functions.balanceOf("0x").call()


asyncio.run(watch())
asyncio.run(right())
